// Runs a JavaScript handler on the Lambda Runtime API. Started by Tidemill in place of AWS's own.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import util from 'node:util';

const [apiHost, apiPort] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let requestId = '';

function exchange(method, location, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const bytes = body === undefined ? undefined : Buffer.from(body);
    if (bytes !== undefined) headers['content-length'] = bytes.length;
    const request = http.request(
      { host: apiHost, port: apiPort, method, path: '/2018-06-01/runtime/' + location, headers, agent },
      (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () => resolve({
          status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString(),
        }));
        response.on('error', reject);
      });
    request.on('error', reject);
    request.end(bytes);
  });
}

// AWS's line: time, request id, level, message. A message of several lines stays one event.
function log(level, parts) {
  const message = util.format(...parts).replace(/\n/g, '\r');
  fs.writeSync(1, `${new Date().toISOString()}\t${requestId || 'undefined'}\t${level}\t${message}\n`);
}

function takeConsole() {
  const levels = { log: 'INFO', info: 'INFO', debug: 'DEBUG', trace: 'TRACE', warn: 'WARN', error: 'ERROR' };
  for (const [name, level] of Object.entries(levels)) console[name] = (...parts) => log(level, parts);
}

class RuntimeFailure extends Error {
  constructor(kind, message) {
    super(message);
    this.name = kind;
  }
}

function findFile(root, modulePath) {
  for (const suffix of ['', '.js', '.mjs', '.cjs']) {
    const file = path.resolve(root, modulePath + suffix);
    if (fs.existsSync(file) && fs.statSync(file).isFile()) return file;
  }
  return null;
}

async function importModule(root, modulePath) {
  const file = findFile(root, modulePath);
  if (file === null) {
    try {
      return createRequire(root + '/')(modulePath);
    } catch {
      throw new RuntimeFailure('Runtime.ImportModuleError', `Error: Cannot find module '${modulePath}'`);
    }
  }
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeFailure('Runtime.UserCodeSyntaxError', String(error));
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') {
      throw new RuntimeFailure('Runtime.ImportModuleError', String(error));
    }
    throw error;
  }
}

async function loadHandler(name, root) {
  const slash = name.lastIndexOf('/') + 1;
  const dot = name.indexOf('.', slash);
  if (dot < 0) throw new RuntimeFailure('Runtime.MalformedHandlerName', 'Bad handler');
  const module = await importModule(root, name.slice(0, dot));
  const names = name.slice(dot + 1).split('.');
  let found = module;
  for (const part of names) found = found?.[part];
  if (found === undefined) {
    found = module.default;
    for (const part of names) found = found?.[part];
  }
  if (found === undefined) {
    throw new RuntimeFailure('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (typeof found !== 'function') {
    throw new RuntimeFailure('Runtime.HandlerNotFound', `${name} is not a function`);
  }
  return found;
}

function describe(error) {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack || '').split('\n') };
}

async function fail(location, error) {
  const document = describe(error);
  log('ERROR', [location === 'init/error' ? 'Uncaught Exception' : 'Invoke Error', JSON.stringify({
    errorType: document.errorType, errorMessage: document.errorMessage, stack: document.trace,
  })]);
  await exchange('POST', location, JSON.stringify(document),
    { 'lambda-runtime-function-error-type': document.errorType });
}

function makeContext(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const clientContext = headers['lambda-runtime-client-context'];
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    clientContext: clientContext ? JSON.parse(clientContext) : undefined,
    identity: undefined,
    getRemainingTimeInMillis: () => Math.max(deadline - Date.now(), 0),
  };
}

// A handler answers by its promise, or by its callback (or context.done and its sisters).
function run(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => {
      if (error !== undefined && error !== null) {
        reject(error);
      } else if (context.callbackWaitsForEmptyEventLoop) {
        process.removeAllListeners('beforeExit');
        process.once('beforeExit', () => resolve(result));
      } else {
        setImmediate(() => resolve(result));
      }
    };
    process.removeAllListeners('beforeExit');
    // A callback handler that ends without calling back answers null.
    process.once('beforeExit', () => resolve(null));
    context.done = callback;
    context.succeed = (result) => resolve(result);
    context.fail = (error) => reject(error ?? new Error('context.fail'));
    const returned = handler(event, context, callback);
    if (returned && typeof returned.then === 'function') returned.then(resolve, reject);
  });
}

async function serve(handler) {
  const next = await exchange('GET', 'invocation/next');
  if (next.status !== 200) process.exit(0);
  const context = makeContext(next.headers);
  requestId = context.awsRequestId;
  process.env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'] ?? '';
  try {
    const result = await run(handler, JSON.parse(next.body), context);
    const body = result === undefined ? 'null' : JSON.stringify(result);
    process.removeAllListeners('beforeExit');
    await exchange('POST', `invocation/${requestId}/response`, body ?? 'null');
  } catch (error) {
    process.removeAllListeners('beforeExit');
    await fail(`invocation/${requestId}/error`, error);
  }
}

async function main() {
  takeConsole();
  let handler;
  try {
    handler = await loadHandler(process.env._HANDLER, process.env.LAMBDA_TASK_ROOT);
  } catch (error) {
    await fail('init/error', error);
    process.exit(1);
  }
  process.on('uncaughtException', (error) => {
    const failed = describe(error);
    failed.errorType = 'Runtime.UnhandledPromiseRejection' === error?.name ? error.name : failed.errorType;
    log('ERROR', ['Uncaught Exception', JSON.stringify(failed)]);
    exchange('POST', `invocation/${requestId}/error`, JSON.stringify(failed)).finally(() => process.exit(129));
  });
  for (;;) await serve(handler);
}

main();
