"""Runs a Python handler on the Lambda Runtime API. Started by Tidemill in place of AWS's own."""
import http.client
import importlib.abc
import importlib.machinery
import importlib.util
import json
import logging
import os
import sys
import time
import traceback

API = "/2018-06-01/runtime/"


class Connection:
    """One kept connection to the Runtime API."""

    def __init__(self, address):
        self.http = http.client.HTTPConnection(address)

    def exchange(self, method, path, body=None, headers=None):
        self.http.request(method, API + path, body=body, headers=headers or {})
        response = self.http.getresponse()
        return response, response.read()


class ClientContext:
    def __init__(self, document):
        client = document.get("client") or {}
        self.client = type("Client", (), {
            name: client.get(name) for name in (
                "installation_id", "app_title", "app_version_name", "app_version_code",
                "app_package_name")})()
        self.custom = document.get("custom")
        self.env = document.get("env")


class CognitoIdentity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class LambdaContext:
    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = CognitoIdentity()
        text = headers.get("Lambda-Runtime-Client-Context")
        self.client_context = ClientContext(json.loads(text)) if text else None
        self._deadline_ms = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(self._deadline_ms - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))


class LogHandler(logging.Handler):
    """AWS's line: level, time, request id, message. A message of several lines stays one event."""

    request_id = ""

    def emit(self, record):
        try:
            now = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            text = self.format(record).replace("\n", "\r")
            sys.stdout.write("[%s]\t%s.%03dZ\t%s\t%s\n" % (
                record.levelname, now, record.msecs, self.request_id, text))
            sys.stdout.flush()
        except Exception:  # a log line must not fail the invocation
            self.handleError(record)


class EndpointFinder(importlib.abc.MetaPathFinder):
    """A botocore too old to read AWS_ENDPOINT_URL gets it as the default of its clients. Nothing is
    done until a function imports botocore."""

    def find_spec(self, name, path, target=None):
        if name != "botocore.session":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is None or spec.loader is None:
            return None
        sys.meta_path.remove(self)
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            use_endpoint(module.Session)

        spec.loader.exec_module = exec_module
        return spec


def use_endpoint(session_class):
    import botocore
    version = tuple(int(part) for part in botocore.__version__.split(".")[:2])
    if version >= (1, 31):
        return
    create_client = session_class.create_client

    def with_endpoint(self, service_name, *arguments, **options):
        # endpoint_url is the sixth parameter of create_client after the service's name.
        if options.get("endpoint_url") is None and len(arguments) < 5:
            name = "AWS_ENDPOINT_URL_" + service_name.upper().replace("-", "_")
            options["endpoint_url"] = os.environ.get(name) or os.environ["AWS_ENDPOINT_URL"]
        return create_client(self, service_name, *arguments, **options)

    session_class.create_client = with_endpoint


class RuntimeFailure(Exception):
    """A failure that AWS gives a name of its own."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


def load_handler(name):
    module_name, dot, function_name = name.rpartition(".")
    if not dot:
        raise RuntimeFailure("Runtime.MalformedHandlerName",
                              "Bad handler '%s': not enough values to unpack" % name)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise RuntimeFailure("Runtime.ImportModuleError",
                              "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        raise RuntimeFailure("Runtime.UserCodeSyntaxError",
                              "Syntax error in module '%s': %s" % (module_name, error))
    function = getattr(module, function_name, None)
    if function is None:
        raise RuntimeFailure("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (
            function_name, module_name))
    return function


def describe(error, request_id=None):
    kind = error.kind if isinstance(error, RuntimeFailure) else type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames
           if frame.filename != __file__ and not frame.filename.startswith("<frozen importlib")]
    stack = [] if isinstance(error, RuntimeFailure) else traceback.format_list(own)
    document = {"errorMessage": str(error), "errorType": kind}
    if request_id is not None:
        document["requestId"] = request_id
    document["stackTrace"] = stack
    return document


def log_error(document):
    lines = ["[ERROR] %s: %s" % (document["errorType"], document["errorMessage"])]
    if document["stackTrace"]:
        lines.append("Traceback (most recent call last):")
        lines += [line.rstrip("\n") for line in document["stackTrace"]]
    sys.stdout.write("\r".join("\r".join(lines).split("\n")) + "\n")
    sys.stdout.flush()


def encode_extra(value):
    import decimal
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def encode(result):
    try:
        return json.dumps(result, ensure_ascii=False, default=encode_extra).encode()
    except (TypeError, ValueError) as error:
        raise RuntimeFailure("Runtime.MarshalError",
                             "Unable to marshal response: %s" % error) from None


def serve(connection, handler, log_handler):
    response, body = connection.exchange("GET", "invocation/next")
    if response.status != 200:
        sys.exit(0)
    context = LambdaContext(response.headers)
    log_handler.request_id = context.aws_request_id
    os.environ["_X_AMZN_TRACE_ID"] = response.headers.get("Lambda-Runtime-Trace-Id") or ""
    path = "invocation/" + context.aws_request_id
    try:
        answer = encode(handler(json.loads(body), context))
    except Exception as error:  # what the user's code raised is the answer
        document = describe(error, context.aws_request_id)
        log_error(document)
        sys.stdout.flush()
        connection.exchange("POST", path + "/error", json.dumps(document).encode(),
                            {"Lambda-Runtime-Function-Error-Type": document["errorType"]})
        return
    sys.stdout.flush()
    connection.exchange("POST", path + "/response", answer)


def main():
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")
    sys.stderr.reconfigure(line_buffering=True, errors="backslashreplace")
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    if os.environ.get("AWS_ENDPOINT_URL"):
        sys.meta_path.insert(0, EndpointFinder())
    log_handler = LogHandler()
    logging.root.addHandler(log_handler)
    connection = Connection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        document = describe(error)
        log_error(document)
        connection.exchange("POST", "init/error", json.dumps(document).encode(),
                            {"Lambda-Runtime-Function-Error-Type": document["errorType"]})
        sys.exit(1)
    while True:
        serve(connection, handler, log_handler)


main()
