# The bootstraps as text in a header: build/bootstraps/lambda_bootstraps.h
set(folder ${CMAKE_CURRENT_LIST_DIR})
file(READ ${folder}/bootstrap.py TIDEMILL_PYTHON_BOOTSTRAP)
file(READ ${folder}/bootstrap.mjs TIDEMILL_NODE_BOOTSTRAP)
configure_file(${folder}/lambda_bootstraps.h.in
               ${CMAKE_BINARY_DIR}/bootstraps/lambda_bootstraps.h @ONLY)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
             ${folder}/bootstrap.py ${folder}/bootstrap.mjs)
