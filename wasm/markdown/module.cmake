# Markdown as a module without JavaScript of its own: what makes the portal load it is wasm/platform/js/markdown.js.
add_executable(markdown_module "${CMAKE_CURRENT_LIST_DIR}/module.cpp")
target_link_libraries(markdown_module PRIVATE ventanilla::markdown ventanilla::options)
set_target_properties(markdown_module PROPERTIES OUTPUT_NAME markdown SUFFIX ".wasm"
  RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/programs/markdown")
target_link_options(markdown_module PRIVATE --no-entry -sSTANDALONE_WASM=1 -sALLOW_MEMORY_GROWTH=1
  -sINITIAL_MEMORY=2MB -sMAXIMUM_MEMORY=128MB -sTOTAL_STACK=262144 -sMALLOC=dlmalloc -sSUPPORT_LONGJMP=0 -sASSERTIONS=0
  -sFILESYSTEM=0)
