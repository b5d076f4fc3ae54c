# The portal as a browser gets it: portal.js and portal.wasm from the Emscripten part, then `site`, the folder
# the server serves (public/ with hashed names, compressed). Included by wasm/CMakeLists.txt under Emscripten.
file(GLOB platform_sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/*.cpp")
file(GLOB platform_js CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/js/*.js")

add_executable(portal ${platform_sources})
target_link_libraries(portal PRIVATE ventanilla::portal ventanilla::options)
target_include_directories(portal SYSTEM PRIVATE "${IMGUI_DIR}")
set_target_properties(portal PROPERTIES LINK_DEPENDS "${platform_js}")
foreach(file IN LISTS platform_js)
  target_link_options(portal PRIVATE "SHELL:--js-library ${file}")
endforeach()
target_link_options(portal PRIVATE
  -lidbfs.js -sFILESYSTEM=1 -sFORCE_FILESYSTEM=1  # the store's files, read as IDBFS mounts them
  -sMODULARIZE=1 -sEXPORT_NAME=createPortal -sENVIRONMENT=web
  -sDYNAMIC_EXECUTION=0  # the content security policy allows no eval
  -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sGL_TRACK_ERRORS=0 -sGL_SUPPORT_AUTOMATIC_ENABLE_EXTENSIONS=0
  -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=8MB -sMAXIMUM_MEMORY=256MB -sTOTAL_STACK=262144
  -sMALLOC=emmalloc -sTEXTDECODER=2 -sSUPPORT_LONGJMP=0 -sASSERTIONS=0 -sEXIT_RUNTIME=0
  -sEXPORTED_FUNCTIONS=_main,_malloc,_free,_pf_turn,_pf_paint,_pf_use_font)

set(site "${CMAKE_CURRENT_BINARY_DIR}/../site")
file(GLOB_RECURSE public_files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/public/*")
file(GLOB theme_files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/assets/theme/*.json")
add_custom_command(OUTPUT "${site}/version.json"
  COMMAND Python3::Interpreter "${CMAKE_CURRENT_LIST_DIR}/site.py"
    --public "${CMAKE_SOURCE_DIR}/public" --theme "${CMAKE_SOURCE_DIR}/assets/theme"
    --program "$<TARGET_FILE_DIR:portal>" --out "${site}"
  DEPENDS portal "${CMAKE_CURRENT_LIST_DIR}/site.py" ${public_files} ${theme_files}
  VERBATIM)
add_custom_target(site ALL DEPENDS "${site}/version.json")
