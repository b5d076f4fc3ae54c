#include "wasm/ui/surface.hpp"

#include <imgui.h>
#include <imgui_internal.h>

#include "wasm/ui/paint.hpp"

#ifdef IMGUI_IMPL_OPENGL_ES3
#include <backends/imgui_impl_opengl3.h>
#endif

namespace ventanilla::ui {

namespace {

// Dear ImGui's driver code in the browser; natively a pretended one that takes every texture.
#ifdef IMGUI_IMPL_OPENGL_ES3
bool driver_start() {
    return ImGui_ImplOpenGL3_Init("#version 300 es");
}
void driver_stop() {
    ImGui_ImplOpenGL3_Shutdown();
}
void driver_frame() {
    ImGui_ImplOpenGL3_NewFrame();
}
void driver_draw(ImDrawData* data) {
    ImGui_ImplOpenGL3_RenderDrawData(data);
}
#else
bool driver_start() {
    ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    return true;
}
void driver_stop() {}
void driver_frame() {}
void driver_draw(ImDrawData* data) {
    for (ImTextureData* texture : *data->Textures) {
        if (texture->Status == ImTextureStatus_WantDestroy) {
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        } else if (texture->Status != ImTextureStatus_OK) {
            texture->SetTexID(1);
            texture->SetStatus(ImTextureStatus_OK);
        }
    }
}
#endif

}  // namespace

struct Surface::Parts {
    // Order of construction matters: the atlas lives in the context.
    struct Context {
        Context() {
            ImGui::CreateContext();
            ImGuiIO& io = ImGui::GetIO();
            io.IniFilename = nullptr;
            io.LogFilename = nullptr;
            io.DisplaySize = {1, 1};
            ImGui::GetStyle().CircleTessellationMaxError = 0.1F;
            ImGui::GetStyle().CurveTessellationTol = 0.2F;
        }
        ~Context() { ImGui::DestroyContext(); }
    };

    explicit Parts(GlyphSource& source) : measurer(source), atlas(source) {}

    Context context;
    GlyphMeasurer measurer;
    Atlas atlas;
    Stats stats;
    float width = 1, height = 1, scale = 1;
    bool started = false;
};

Surface::Surface(GlyphSource& glyphs) : parts_(std::make_unique<Parts>(glyphs)) {}

Surface::~Surface() {
    if (parts_->started) driver_stop();
}

bool Surface::start() {
    if (!parts_->started) parts_->started = driver_start();
    return parts_->started;
}

void Surface::lose() {
    if (parts_->started) driver_stop();
    parts_->started = false;
}

void Surface::resize(float width, float height, float scale) {
    Parts& p = *parts_;
    if (scale != p.scale) p.atlas.clear();
    p.width = width;
    p.height = height;
    p.scale = scale;
}

void Surface::fonts_changed() {
    parts_->measurer.clear();
    parts_->atlas.clear();
}

Measurer& Surface::measurer() {
    return parts_->measurer;
}

void Surface::draw(const Scene& scene, float scroll_y, const Input& input) {
    Parts& p = *parts_;
    if (!p.started || scene.boxes.empty()) return;
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {p.width, p.height};
    io.DisplayFramebufferScale = {p.scale, p.scale};
    io.DeltaTime = 1.0F / 60;
    driver_frame();
    ImGui::NewFrame();
    ImDrawList& to = *ImGui::GetBackgroundDrawList();
    to._FringeScale = 1 / p.scale;
    const int before = p.atlas.rasterised();
    p.stats.boxes = paint(scene, input, {p.scale, scroll_y}, p.measurer, p.atlas, to);
    ImGui::Render();
    ImDrawData* data = ImGui::GetDrawData();
    driver_draw(data);
    p.stats.vertices = data->TotalVtxCount;
    p.stats.indices = data->TotalIdxCount;
    p.stats.draw_calls = data->CmdListsCount == 0 ? 0 : data->CmdLists[0]->CmdBuffer.Size;
    p.stats.glyphs_rasterised = p.atlas.rasterised() - before;
}

const Surface::Stats& Surface::stats() const {
    return parts_->stats;
}

}  // namespace ventanilla::ui
