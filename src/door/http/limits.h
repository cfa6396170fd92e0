// What a client may ask of a listener before it is refused, and how long it may take.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tidemill::http {

struct Limits {
  size_t head_bytes_max = 64 * 1024;          // request line and fields; more answers 431
  size_t target_bytes_max = 16 * 1024;        // path and query; more answers 414
  size_t fields_max = 256;                    // header fields; more answers 431
  size_t connections_max = 8192;              // more wait in the kernel's backlog
  uint32_t streams_max = 128;                 // concurrent HTTP/2 streams of one connection
  uint32_t stream_window_bytes = 256 * 1024;  // HTTP/2: body bytes sent ahead of the reader
  size_t drain_bytes_max = 1024 * 1024;  // of a body nobody read; beyond it the connection closes
  size_t piece_bytes_max = 256 * 1024;   // of one ByteSource::read
  int64_t head_seconds_max = 30;         // from the first byte of a request to the end of its head
  int64_t idle_seconds_max = 120;        // between two requests
  int64_t stall_seconds_max = 60;        // of a body being read, or an answer being written
  int64_t linger_seconds_max = 2;        // after the last answer, for the client to close first
};

}  // namespace tidemill::http
