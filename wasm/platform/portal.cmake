# The portal as a browser gets it: portal.js and portal.wasm from the Emscripten part, then `site`, the folder
# the server serves (public/ with hashed names, compressed). Included by wasm/CMakeLists.txt under Emscripten.
file(GLOB platform_sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/*.cpp")
file(GLOB platform_js CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/js/*.js")

# ventanilla_portal(NAME sources...): a program of the platform and what else is given.
function(ventanilla_portal name)
  add_executable(${name} ${platform_sources} ${ARGN})
  target_link_libraries(${name} PRIVATE ventanilla::portal ventanilla::options)
  target_include_directories(${name} SYSTEM PRIVATE "${IMGUI_DIR}")
  set_target_properties(${name} PROPERTIES OUTPUT_NAME portal LINK_DEPENDS "${platform_js}"
    RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/programs/${name}")
  foreach(file IN LISTS platform_js)
    target_link_options(${name} PRIVATE "SHELL:--js-library ${file}")
  endforeach()
  target_link_options(${name} PRIVATE
    -lidbfs.js -sFILESYSTEM=1 -sFORCE_FILESYSTEM=1  # the store's files, read as IDBFS mounts them
    -sMODULARIZE=1 -sEXPORT_NAME=createPortal -sENVIRONMENT=web
    -sDYNAMIC_EXECUTION=0  # the content security policy allows no eval
    -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sGL_TRACK_ERRORS=0
    -sGL_SUPPORT_AUTOMATIC_ENABLE_EXTENSIONS=0
    -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=8MB -sMAXIMUM_MEMORY=256MB -sTOTAL_STACK=262144
    -sMALLOC=dlmalloc -sTEXTDECODER=2 -sSUPPORT_LONGJMP=0 -sASSERTIONS=0 -sEXIT_RUNTIME=0
    -sEXPORTED_FUNCTIONS=_main,_malloc,_free,_pf_turn,_pf_paint,_pf_use_font)
  # What emcc leaves: names inside functions of the glue (8 KB of brotli), and a second round of the same
  # optimiser over the program (6 KB).
  add_custom_command(TARGET ${name} POST_BUILD
    COMMAND wasm-opt -Oz portal.wasm -o portal.wasm
    COMMAND ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs -- terser portal.js --compress passes=2 --mangle
      --ecma 2019 --output portal.js
    WORKING_DIRECTORY "${CMAKE_BINARY_DIR}/programs/${name}" VERBATIM)
endfunction()

# ventanilla_site(NAME program folder): what a server serves of it.
file(GLOB_RECURSE public_files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/public/*")
file(GLOB theme_files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/assets/theme/*.json")
function(ventanilla_site name program folder)
  add_custom_command(OUTPUT "${folder}/version.json"
    COMMAND Python3::Interpreter "${CMAKE_SOURCE_DIR}/wasm/platform/site.py"
      --public "${CMAKE_SOURCE_DIR}/public" --theme "${CMAKE_SOURCE_DIR}/assets/theme"
      --program "$<TARGET_FILE_DIR:${program}>" --markdown "$<TARGET_FILE:markdown_module>" --out "${folder}"
    DEPENDS ${program} markdown_module "${CMAKE_SOURCE_DIR}/wasm/platform/site.py" ${public_files} ${theme_files}
    VERBATIM)
  add_custom_target(${name} DEPENDS "${folder}/version.json")
endfunction()

ventanilla_portal(portal)
ventanilla_site(site portal "${CMAKE_BINARY_DIR}/site")
set_target_properties(site PROPERTIES EXCLUDE_FROM_ALL FALSE)

# The same platform under a page of its own: what the tests of tests/browser/platform look at.
ventanilla_portal(probe "${CMAKE_SOURCE_DIR}/tests/browser/platform/probe_app.cpp")
ventanilla_site(probe_site probe "${CMAKE_BINARY_DIR}/probe")
set_target_properties(probe PROPERTIES EXCLUDE_FROM_ALL TRUE)
