# Programs for Node: parts of the portal measured in the engine they run in.
add_executable(search_batch "${CMAKE_CURRENT_LIST_DIR}/search_batch.cpp")
target_link_libraries(search_batch PRIVATE ventanilla::shared ventanilla::options)
set_target_properties(search_batch PROPERTIES OUTPUT_NAME search-batch EXCLUDE_FROM_ALL TRUE
  RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
target_link_options(search_batch PRIVATE -sSINGLE_FILE=1 -sENVIRONMENT=node -sNODERAWFS=1
  -sALLOW_MEMORY_GROWTH=1 -sMAXIMUM_MEMORY=4GB -sTOTAL_STACK=1048576 -sEXIT_RUNTIME=1)
