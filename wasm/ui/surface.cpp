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
    if (!ImGui_ImplOpenGL3_Init("#version 300 es")) return false;
    if (ImGui_ImplOpenGL3_CreateDeviceObjects()) return true;
    ImGui_ImplOpenGL3_Shutdown();
    return false;
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

// Of Dear ImGui the portal uses draw lists, the atlas and the driver code. Its frame (NewFrame,
// Render) serves windows and widgets, which nothing here is made of: doing without it leaves them
// out of what a browser loads. One at a time, since the context it sets is a global.
class DrawList {
  public:
    DrawList() {
        ImGui::SetCurrentContext(context_.get());
        shared_.FontAtlas = &atlas_;  // or it is not told where the white pixel of solid areas lies
        ImFontAtlasAddDrawListSharedData(&atlas_, &shared_);
        shared_.CurveTessellationTol = 0.2F;
        shared_.SetCircleTessellationMaxError(0.1F);
        shared_.InitialFlags = ImDrawListFlags_AntiAliasedLines |
                               ImDrawListFlags_AntiAliasedLinesUseTex |
                               ImDrawListFlags_AntiAliasedFill;
    }
    ~DrawList() {
        ImFontAtlasRemoveDrawListSharedData(&atlas_, &shared_);
        ImGui::SetCurrentContext(nullptr);
    }
    DrawList(const DrawList&) = delete;
    DrawList& operator=(const DrawList&) = delete;

    // An empty list as large as the page. `scale`: device pixels in one of its.
    ImDrawList& begin(ImVec2 size, float scale) {
        ImFontAtlasUpdateNewFrame(&atlas_, ++frames_, true);
        shared_.ClipRectFullscreen = {0, 0, size.x, size.y};
        list_._ResetForNewFrame();
        list_._FringeScale = 1 / scale;
        list_.PushTexture(atlas_.TexRef);
        list_.PushClipRectFullScreen();
        data_.Clear();
        data_.DisplaySize = size;
        data_.FramebufferScale = {scale, scale};
        return list_;
    }

    ImDrawData& end() {
        ImVector<ImTextureData*>& textures = context_->PlatformIO.Textures;
        textures = atlas_.TexList;
        for (ImTextureData* texture : textures)
            texture->RefCount = 1;
        data_.Textures = &textures;
        data_.AddDrawList(&list_);
        data_.Valid = true;
        return data_;
    }

  private:
    ImFontAtlas atlas_;
    // Where atlas and driver code look for each other.
    std::unique_ptr<ImGuiContext> context_ = std::make_unique<ImGuiContext>(&atlas_);
    ImDrawListSharedData shared_;
    ImDrawList list_{&shared_};
    ImDrawData data_;
    int frames_ = 0;
};

}  // namespace

struct Surface::Parts {
    explicit Parts(GlyphSource& source) : measurer(source), atlas(source) {}

    DrawList list;
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
    driver_frame();
    ImDrawList& to = p.list.begin({p.width, p.height}, p.scale);
    const int before = p.atlas.rasterised();
    p.stats.boxes = paint(scene, input, {p.scale, scroll_y}, p.measurer, p.atlas, to);
    ImDrawData& data = p.list.end();
    driver_draw(&data);
    p.stats.vertices = data.TotalVtxCount;
    p.stats.indices = data.TotalIdxCount;
    p.stats.draw_calls = data.CmdListsCount == 0 ? 0 : data.CmdLists[0]->CmdBuffer.Size;
    p.stats.glyphs_rasterised = p.atlas.rasterised() - before;
}

const Surface::Stats& Surface::stats() const {
    return parts_->stats;
}

}  // namespace ventanilla::ui
