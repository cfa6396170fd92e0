# DuckDB 1.4.4 from npm: the library of @duckdb/node-bindings-linux-x64, the headers of duckdb. The
# engine checks version and source id at start: another version's headers would crash.
set(duckdb_library ${TIDEMILL_NODE_MODULES}/@duckdb/node-bindings-linux-x64/libduckdb.so)
set(duckdb_headers ${TIDEMILL_NODE_MODULES}/duckdb/src/duckdb/src/include)
if(NOT EXISTS ${duckdb_library} OR NOT EXISTS ${duckdb_headers}/duckdb.hpp)
  message(FATAL_ERROR "DuckDB is not in node_modules: run npm ci")
endif()
get_filename_component(duckdb_real ${duckdb_library} REALPATH)
get_filename_component(duckdb_directory ${duckdb_real} DIRECTORY)

add_library(duckdb SHARED IMPORTED GLOBAL)
set_target_properties(duckdb PROPERTIES
  IMPORTED_LOCATION ${duckdb_real}
  IMPORTED_SONAME libduckdb.so
  INTERFACE_LINK_OPTIONS "-Wl,-rpath,${duckdb_directory}")

# The headers are for storage/columnar alone.
add_library(duckdb_headers INTERFACE)
target_include_directories(duckdb_headers SYSTEM INTERFACE ${duckdb_headers})
target_compile_definitions(duckdb_headers INTERFACE NDEBUG)
