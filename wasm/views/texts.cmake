# ventanilla_i18n(TARGET): the texts of assets/i18n as a table that TARGET can include
# ("wasm/views/i18n_gen.hpp"). A missing key, a slot in one language only or half a plural stops the build.

set(i18n_header "${CMAKE_BINARY_DIR}/generated/wasm/views/i18n_gen.hpp")
set(i18n_script "${CMAKE_CURRENT_LIST_DIR}/texts.py")
set(i18n_texts "${CMAKE_SOURCE_DIR}/assets/i18n/es.json" "${CMAKE_SOURCE_DIR}/assets/i18n/en.json")
add_custom_command(
  OUTPUT "${i18n_header}"
  COMMAND python3 "${i18n_script}" ${i18n_texts} "${i18n_header}"
  DEPENDS "${i18n_script}" ${i18n_texts}
  COMMENT "texts" VERBATIM)
add_custom_target(ventanilla_i18n_table DEPENDS "${i18n_header}")

function(ventanilla_i18n target)
  target_include_directories(${target} PUBLIC "${CMAKE_BINARY_DIR}/generated")
  add_dependencies(${target} ventanilla_i18n_table)
endfunction()

ventanilla_i18n(ventanilla_portal)
