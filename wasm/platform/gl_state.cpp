#include <cstddef>

#include <GLES3/gl3.h>

// Dear ImGui's driver code saves and restores the state of a context it believes to share. Ours
// draws nothing else, and in a browser the question is dear: it waits until everything drawn so far
// is done, on a software renderer longer than the whole frame. So what is "saved" is what a new
// context holds (OpenGL ES 3.0, the state tables of chapter 6), and only what the driver code
// really asks is asked. tests/browser/platform/probe.mjs counts the questions of a frame.

namespace {

// What glGetIntegerv would say of a context as it began; zero for what is not listed.
GLint beginning(GLenum name) {
    switch (name) {
        case GL_ACTIVE_TEXTURE: return GL_TEXTURE0;
        case GL_BLEND_SRC_RGB:
        case GL_BLEND_SRC_ALPHA: return GL_ONE;
        case GL_BLEND_EQUATION_RGB:
        case GL_BLEND_EQUATION_ALPHA: return GL_FUNC_ADD;
        default: return 0;
    }
}

std::size_t values_of(GLenum name) {
    return name == GL_VIEWPORT || name == GL_SCISSOR_BOX ? 4 : 1;
}

}  // namespace

extern "C" void ventanilla_gl_get(GLenum name, GLint* out) {
    if (name == GL_MAJOR_VERSION || name == GL_MINOR_VERSION || name == GL_MAX_TEXTURE_SIZE)
        return glGetIntegerv(name, out);
    for (std::size_t i = 0; i < values_of(name); ++i)
        out[i] = beginning(name);
}

// Whether each shader compiled is told by whether the program links, in one wait instead of three, and
// what a driver has to say of them is read by nobody.
extern "C" void ventanilla_gl_shader(GLuint, GLenum name, GLint* out) {
    *out = name == GL_COMPILE_STATUS ? GL_TRUE : 0;
}

extern "C" void ventanilla_gl_program(GLuint program, GLenum name, GLint* out) {
    *out = 0;
    if (name == GL_LINK_STATUS) glGetProgramiv(program, name, out);
}

extern "C" GLboolean ventanilla_gl_is_enabled(GLenum) {
    return GL_FALSE;
}
