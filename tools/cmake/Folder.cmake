# tidemill_folder(NAME [USES target...] [LIBRARIES lib...])
#
# One library and one test program for the folder NAME below the current layer. `*_test.cc` files
# stand beside the code and make up the test program `<layer>_<name>_test`, which is one ctest
# entry. USES names other folders' targets (lower layers come by themselves), LIBRARIES names
# third-party libraries that only this folder may see.
#
# Files that begin with a capital letter are AWS operations: the generator makes the shapes they
# need and the operation table `operations.cc` (see tools/generate/).
function(tidemill_folder name)
  cmake_parse_arguments(FOLDER "" "" "USES;LIBRARIES" ${ARGN})
  get_filename_component(layer ${CMAKE_CURRENT_SOURCE_DIR} NAME)
  set(directory ${CMAKE_CURRENT_SOURCE_DIR}/${name})
  file(GLOB sources CONFIGURE_DEPENDS ${directory}/*.cc)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")

  set(target ${layer}_${name})
  set(operations ${sources})
  list(FILTER operations INCLUDE REGEX "/[A-Z][A-Za-z0-9]*\\.cc$")
  if(layer STREQUAL "services" AND operations)
    tidemill_generate_shapes(${target} ${name} "${operations}")
    set_property(GLOBAL APPEND PROPERTY TIDEMILL_SERVICES ${name})
    list(APPEND sources ${CMAKE_BINARY_DIR}/shapes/${name}/operations.cc)
  endif()

  # Files in types/ are resource types: each has one function, named as the file, that describes it.
  file(GLOB types CONFIGURE_DEPENDS ${directory}/types/*.cc)
  if(types)
    tidemill_write_type_list(${target} "${types}")
    list(APPEND sources ${types} ${CMAKE_BINARY_DIR}/${target}_types.cc)
  endif()

  if(sources)
    add_library(${target} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR})
  target_link_libraries(${target} ${scope} ${TIDEMILL_LOWER_LAYERS} ${FOLDER_USES}
                        ${FOLDER_LIBRARIES})
  if(TARGET shapes_${name} AND layer STREQUAL "services")
    add_dependencies(${target} shapes_${name})
  endif()
  set_property(GLOBAL APPEND PROPERTY TIDEMILL_FOLDERS_${layer} ${target})

  if(tests)
    add_executable(${target}_test ${tests})
    target_link_libraries(${target}_test PRIVATE ${target} GTest::gtest_main)
    add_test(NAME ${layer}/${name} COMMAND ${target}_test)
    set_tests_properties(${layer}/${name} PROPERTIES TIMEOUT 300)
  endif()
endfunction()

# Compiles the operations of the service NAME a dozen at a time: each is small, and reading the same
# headers is most of the work. The machinery beside them stays one file, one object.
function(tidemill_unite_operations name)
  get_target_property(sources services_${name} SOURCES)
  list(FILTER sources EXCLUDE REGEX "/services/${name}/[A-Z][A-Za-z0-9]*\\.cc$")
  set_source_files_properties(${sources} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  set_target_properties(services_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
  # g++ takes a lambda in an included file for one that other files could see.
  target_compile_options(services_${name} PRIVATE -Wno-subobject-linkage)
endfunction()

# The table of the resource types of flow/cloudformation, from the names of their files.
function(tidemill_write_type_list target files)
  set(declarations "")
  set(calls "")
  foreach(file ${files})
    get_filename_component(name ${file} NAME_WE)
    string(APPEND declarations "ResourceType ${name}();\n")
    string(APPEND calls "${name}(), ")
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/${target}_types.cc CONTENT
"#include \"flow/cloudformation/resource_type.h\"
namespace tidemill::flow {
${declarations}
const std::vector<ResourceType>& resource_types() {
  static const std::vector<ResourceType> types = {${calls}};
  return types;
}
}
")
endfunction()

# Makes build/shapes/<service>/ from AWS's service model, for the operations given.
function(tidemill_generate_shapes target service operations)
  set(out ${CMAKE_BINARY_DIR}/shapes/${service})
  set(names "")
  foreach(file ${operations})
    get_filename_component(operation ${file} NAME_WE)
    list(APPEND names ${operation})
  endforeach()
  file(GLOB overlay CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/models/${service}.json)
  file(GLOB generator CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/generate/*.py)
  add_custom_command(
    OUTPUT ${out}/operations.cc
    COMMAND ${TIDEMILL_PYTHON} ${CMAKE_SOURCE_DIR}/tools/generate/generate_shapes.py
            --service ${service} --models ${CMAKE_SOURCE_DIR}/models --out ${out} ${names}
    DEPENDS ${generator} ${overlay}
    COMMENT "Shapes of ${service}"
    VERBATIM)
  add_custom_target(shapes_${service} DEPENDS ${out}/operations.cc)
endfunction()

# tidemill_layer(NAME): enters src/NAME; afterwards all its folders are a lower layer.
macro(tidemill_layer name)
  add_subdirectory(${name})
  get_property(folders GLOBAL PROPERTY TIDEMILL_FOLDERS_${name})
  list(APPEND TIDEMILL_LOWER_LAYERS ${folders})
endmacro()

# Writes build/shapes/all_services.cc: the one list of every service that has operations.
function(tidemill_write_service_list)
  get_property(services GLOBAL PROPERTY TIDEMILL_SERVICES)
  list(SORT services)
  set(declarations "")
  set(rows "")
  foreach(service ${services})
    string(APPEND declarations
           "namespace ${service} {\nconst ServiceModel& service_model();\n"
           "std::vector<std::unique_ptr<Operation>> make_operations(Environment&);\n}\n")
    string(APPEND rows "      {&${service}::service_model(), &${service}::make_operations},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/shapes/all_services.cc @ONLY
       CONTENT "// Made by tools/cmake/Folder.cmake from the folders in src/services.
#include \"app/server/service_list.h\"

namespace tidemill {

@declarations@
std::vector<ServiceOperations> all_services() {
  return {
@rows@  };
}

}  // namespace tidemill
")
endfunction()
