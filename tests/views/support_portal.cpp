#include "tests/views/support_portal.hpp"

#include <gtest/gtest.h>

#include "shared/base/text.hpp"
#include "shared/content/markdown.hpp"
#include "shared/content/markdown_writer.hpp"
#include "shared/domain/blocks.hpp"
#include "shared/recovery/advice.hpp"
#include "shared/rules/personal_data.hpp"
#include "wasm/a11y/diff.hpp"

namespace ventanilla::support {

namespace {

constexpr std::uint32_t kGroup = 1;

// What wasm/markdown/module.cpp answers.
app::MarkdownDone markdown_done(const app::MarkdownWish& wish, bool is_there) {
    app::MarkdownDone done{.id = wish.id, .is_done = is_there};
    if (!is_there) return done;
    if (!wish.is_writing) {
        const content::Markdown markdown = content::parse_markdown(wish.text);
        Json issues = Json::array();
        for (const content::Issue& issue : markdown.issues)
            issues.push_back({{"line", issue.line}, {"what", issue.what}});
        Json personal = Json::array();
        for (const auto& each : rules::personal_data_in(wish.text))
            personal.push_back({{"kind", name(each.kind)}, {"line", each.line}, {"text", each.text}});
        done.text = dump_json(
            {{"blocks", to_json(markdown.blocks)}, {"issues", issues}, {"personal", personal}});
    } else if (const auto json = parse_json(wish.text)) {
        if (const auto blocks = domain::blocks_from_json(*json)) done.text = content::to_markdown(*blocks);
    }
    return done;
}

}  // namespace

// ---- the server

Desk::Desk() {
    person.user = demo::id("lucia");
    person.login = "lucia";
    person.display_name = "Lucía Ferreyra";
    person.lang = domain::Lang::Es;
    person.time_zone = "Europe/Madrid";
    person.site = demo::id("madrid");
    person.roles = {domain::Role::Requester};
    person.scope = "s1";
    person.company = "Andina";
    person.expires_ms = demo::kNowMs + 86'400'000;
    person.server_ms = demo::kNowMs;
}

void Desk::put_row(const domain::RowRef& ref, Json body) {
    sync::PulledRow& row = rows[ref];
    row.type = domain::name(ref.type);
    row.id = ref.id;
    ++row.ver;
    row.groups = {kGroup};
    row.fields = std::move(body);
    touched_[ref] = ++head;
}

std::string Desk::pull(std::string_view target) {
    const Result<sync::PullQuery> query =
        sync::parse_pull_query(target.substr(target.find('?') + 1));
    EXPECT_TRUE(query.has_value());
    std::uint64_t from = 0;
    if (query && !query->cursor.empty()) from = std::stoull(query->cursor);
    if (from == head) return {};
    sync::PullResponse page;
    page.epoch = demo::id("epoch");
    page.from = from;
    page.to = page.head = head;
    page.scope_rev = 1;
    if (from == 0) page.groups_added = {{.group = kGroup, .is_backfill = true}};
    std::uint64_t digest = 0;
    for (const auto& [ref, row] : rows) {
        digest += sync::row_digest(ref, row.ver);
        if (touched_[ref] > from) page.upsert.push_back(row);
    }
    page.digest[kGroup] = digest;
    page.next = std::to_string(head);
    page.server_ms = to_ms(now);
    return sync::encode(page);
}

namespace {

// The server's rows as `decide` reads them: everything is visible to the one person there is.
struct Rows final : commands::State {
    explicit Rows(const std::map<domain::RowRef, sync::PulledRow>& the_rows) : rows(the_rows) {}
    [[nodiscard]] std::optional<domain::Row> find(const domain::RowRef& ref) const override {
        const auto at = rows.find(ref);
        if (at == rows.end()) return std::nullopt;
        return domain::Row{ref, at->second.ver, at->second.fields};
    }
    [[nodiscard]] bool is_visible(const domain::RowRef& ref,
                                  const std::vector<domain::Audience>&) const override {
        return rows.contains(ref);
    }
    const std::map<domain::RowRef, sync::PulledRow>& rows;
};

}  // namespace

sync::CommandResult Desk::apply(const commands::Command& command) {
    sync::CommandResult result;
    const commands::Outcome outcome =
        commands::decide(Rows(rows), command, sync::actor_of(person), from_ms(demo::kNowMs));
    const auto* decision = std::get_if<commands::Decision>(&outcome);
    if (decision == nullptr) {
        const auto& rejection = std::get<commands::Rejection>(outcome);
        result.status = sync::ResultStatus::Rejected;
        result.code = rejection.code;
        result.message = rejection.message;
        return result;
    }
    for (const commands::RowChange& change : decision->changes) {
        Json body = change.body;
        if (change.needs_number) body["number"] = result.number = "SOL-2026-000123";
        put_row(change.ref, std::move(body));
    }
    result.seq = head;
    result.entity = decision->entity.id;
    result.ver = rows[decision->entity].ver;
    return result;
}

std::string Desk::push(std::string_view body) {
    const Result<sync::PushRequest> request = sync::decode_push_request(body);
    EXPECT_TRUE(request.has_value());
    sync::PushResponse response{
        .epoch = demo::id("epoch"), .server_ms = to_ms(now), .head = head, .results = {}};
    if (!request) return sync::encode(response);
    for (const sync::PushCommand& each : request->commands) {
        received.push_back(each.command);
        const auto known = answers.find(each.command.type);
        sync::CommandResult result = known == answers.end() ? apply(each.command) : known->second;
        result.cmd_id = each.command.cmd_id;
        response.results.push_back(result);
    }
    return sync::encode(response);
}

app::HttpReply Desk::reply(const app::HttpRequest& request) {
    app::HttpReply reply{.id = request.id, .status = 200};
    if (!is_reachable) {
        reply.status = 0;
    } else if (request.url == sync::kLoginPath) {
        const auto login = sync::decode_login_request(request.body);
        const bool is_right = login && login->login == person.login && login->password == "secreto";
        if (is_right)
            reply.body = sync::encode(person);
        else
            reply.status = 401;
    } else if (request.url == sync::kSessionPath) {
        reply.status = 401;
    } else if (request.url.starts_with(sync::kPullPath)) {
        reply.body = pull(request.url);
        if (reply.body.empty()) reply.status = 304;
    } else if (request.url == sync::kPushPath) {
        reply.body = push(request.body);
    } else if (request.url == recovery::kBannerPath) {
        const recovery::Advice advice{.mode = turn ? recovery::Mode::Recovering
                                                   : recovery::Mode::Normal};
        reply.body = dump_json({{"recovery", recovery::to_json(advice)}});
    } else if (request.url == recovery::kSlotPath) {
        reply.body = recovery::encode(recovery::Grant{.slot = turn.value_or(Millis{0}),
                                                      .ticket = "ticket",
                                                      .life = Millis{30'000},
                                                      .batch_max = 10});
    }
    return reply;
}

// ---- the browser

Portal::Portal(Disk& disk, Desk& desk, std::string url, float width)
    : disk_(disk),
      desk_(desk),
      locale_(std::make_unique<views::FixedLocale>(60)),
      measurer_(std::make_unique<ui::FixedMeasurer>()),
      addresses_{std::move(url)},
      width_(width) {
    app_ = std::make_unique<app::App>(
        app::World{.random = random_, .locale = *locale_, .measurer = *measurer_});
    now_ = {.wall = from_ms(demo::kNowMs), .mono_ms = 1'000};
    app::Booted booted{.url = addresses_.back(),
                       .locale = "es-ES",
                       .boot = to_text(demo::id("boot")),
                       .build = "test",
                       .prefs = disk.prefs};
    booted.is_online = desk.is_reachable;
    event(booted);
}

void Portal::event(const app::Event& event) {
    app_->handle(event, now_);
    settle();
}

void Portal::draw(ui::Input input) {
    ++frames;
    input.focused = focus_;
    ui_ = &app_->frame({.width = width_, .height = 800}, std::move(input), now_);
    (void)a11y::diff(shown_, ui_->tree());  // as the page's mirror would follow it
    shown_ = ui_->tree();
    if (ui_->tree().focus != a11y::kNoNode) focus_ = ui_->tree().focus;
}

void Portal::settle() {
    constexpr int kTurnsMax = 200;
    for (int turn = 0; turn < kTurnsMax; ++turn) {
        const std::vector<app::Effect> effects = app_->take_effects();
        for (const app::Effect& effect : effects)
            carry(effect);
        const bool is_due = app_->next_wake_ms(now_) == 0;
        if (is_due) app_->handle(app::Tick{}, now_);
        if (app_->wants_frame())
            draw({});
        else if (effects.empty() && !is_due)
            return;
    }
    ADD_FAILURE() << "the portal does not come to rest";
}

void Portal::wait(std::int64_t ms) {
    const std::int64_t end = now_.mono_ms + ms;
    settle();
    while (now_.mono_ms < end) {
        const std::int64_t wish = app_->next_wake_ms(now_);
        const std::int64_t step =
            wish < 0 ? end - now_.mono_ms
                     : std::min(std::max<std::int64_t>(1, wish), end - now_.mono_ms);
        now_.mono_ms += step;
        now_.wall += Millis{step};
        app_->handle(app::Tick{}, now_);
        settle();
    }
}

void Portal::carry(const app::Effect& effect) {
    if (const auto* open = std::get_if<app::OpenStore>(&effect)) {
        app::StoreOpened opened{.scope = open->scope, .is_leader = true, .generation = 1};
        for (const auto& [path, bytes] : disk_.stores[open->scope])
            opened.files[path] = bytes;
        app_->handle(opened, now_);
    } else if (const auto* close = std::get_if<app::CloseStore>(&effect)) {
        if (close->wipe) disk_.stores.erase(close->scope);
    } else if (const auto* commit = std::get_if<app::Commit>(&effect)) {
        auto& store = disk_.stores[desk_.person.scope];
        for (const app::File& file : commit->puts) {
            if (!disk_.refuses) store[file.path] = file.bytes;
        }
        for (const std::string& path : commit->removes)
            store.erase(path);
        app_->handle(
            app::CommitDone{commit->ticket,
                            disk_.refuses ? app::CommitResult::Quota : app::CommitResult::Durable},
            now_);
    } else if (const auto* request = std::get_if<app::HttpRequest>(&effect)) {
        desk_.now = now_.wall;
        app_->handle(desk_.reply(*request), now_);
    } else if (const auto* wish = std::get_if<app::MarkdownWish>(&effect)) {
        app_->handle(markdown_done(*wish, reads_markdown), now_);
    } else if (const auto* navigate = std::get_if<app::Navigate>(&effect)) {
        if (navigate->history == app::History::Replace) addresses_.pop_back();
        addresses_.push_back(navigate->url);
    } else if (const auto* pref = std::get_if<app::SavePref>(&effect)) {
        disk_.prefs[pref->key] = pref->value;
    } else if (const auto* said = std::get_if<app::Announce>(&effect)) {
        heard.push_back(said->message.text);
    } else {
        done.push_back(effect);
    }
}

const a11y::Node* Portal::find(Role role, std::string_view name) const {
    const a11y::Node* found = nullptr;
    for (const a11y::Node& node : ui_->tree().nodes) {
        if (node.role != role || a11y::name_of(ui_->tree(), node) != name) continue;
        if (found != nullptr) return nullptr;
        found = &node;
    }
    return found;
}

void Portal::act(a11y::Action action) {
    ui::Input input;
    input.actions.push_back(std::move(action));
    draw(std::move(input));
    settle();
}

void Portal::click(Role role, std::string_view name) {
    const a11y::Node* node = find(role, name);
    ASSERT_NE(node, nullptr) << a11y::role_name(role) << " \"" << name
                             << "\" is not there once in\n"
                             << spoken();
    focus_ = node->id;
    act({.node = node->id, .kind = a11y::Action::Click, .number = 0, .text = {}});
}

void Portal::type(std::string_view label, std::string_view text) {
    const a11y::Node* node = find(Role::TextField, label);
    if (node == nullptr) node = find(Role::ComboBox, label);
    if (node == nullptr) node = find(Role::Select, label);
    ASSERT_NE(node, nullptr) << "field \"" << label << "\" is not there once in\n" << spoken();
    focus_ = node->id;
    act({.node = node->id, .kind = a11y::Action::SetValue, .number = 0, .text = std::string(text)});
}

void Portal::choose(std::string_view label) {
    const a11y::Node* node = find(Role::Radio, label);
    if (node == nullptr) node = find(Role::CheckBox, label);
    ASSERT_NE(node, nullptr) << "radio \"" << label << "\" is not there once in\n" << spoken();
    act({.node = node->id, .kind = a11y::Action::SetChecked, .number = 1, .text = {}});
}

void Portal::sign_in() {
    type("Usuario", "lucia");
    type("Contraseña", "secreto");
    click(Role::Button, "Entrar");
}

std::string Portal::spoken() const {
    return ui_ == nullptr ? std::string() : a11y::spoken(ui_->tree());
}
bool Portal::says(std::string_view text) const {
    return spoken().find(text) != std::string::npos;
}
bool Portal::has(Role role, std::string_view name) const {
    return find(role, name) != nullptr;
}

std::string Portal::value(std::string_view label) const {
    const a11y::Node* node = find(Role::TextField, label);
    return node == nullptr ? std::string("(not there)")
                           : std::string(ui_->tree().text(node->value));
}

std::string Portal::too_wide() const {
    std::string out;
    for (const a11y::Node& node : ui_->tree().nodes) {
        const bool is_outside = node.rect.x < -0.5F || node.rect.x + node.rect.w > width_ + 0.5F;
        if (is_outside && !node.is(a11y::kInline))
            out += concat(a11y::role_name(node.role), " ", a11y::name_of(ui_->tree(), node), "\n");
    }
    return out;
}

std::string Portal::focused() const {
    const a11y::Node* node = ui_->tree().find(focus_);
    return node == nullptr ? std::string() : a11y::name_of(ui_->tree(), *node);
}

// ---- the company

namespace demo {

Id id(std::string_view name) {
    return derived_id("demo", name);
}

namespace {

domain::Field field(std::string key, domain::FieldType type, domain::L10n label) {
    domain::Field out;
    out.key = std::move(key);
    out.type = type;
    out.label = std::move(label);
    return out;
}

domain::CatalogItem no_internet() {
    domain::CatalogItem item;
    item.id = domain::id_of_key(domain::RowType::CatalogItem, "INC-03");
    item.key = "INC-03";
    item.kind = domain::RequestKind::Incident;
    item.service = id("network");
    item.category = id("incidents");
    item.desk = "it";
    item.title = {"Sin internet o VPN", "No internet or VPN"};
    item.keywords = {"vpn conecta red", "vpn connect network"};
    item.icon = "wifi-off";
    item.lead_time = {"Respuesta en 1 h", "Answer within 1 h"};
    domain::Field what =
        field("what", domain::FieldType::Choice, {"¿Qué no funciona?", "What is not working?"});
    what.required_if = "true";
    what.options.resize(2);
    what.options[0].key = "vpn";
    what.options[0].label = {"La VPN no conecta", "The VPN does not connect"};
    what.options[1].key = "net";
    what.options[1].label = {"No tengo internet", "I have no internet"};
    domain::Field code = field("code", domain::FieldType::Text, {"Código que ves", "Code you see"});
    code.visible_if = "field.what eq 'vpn'";
    domain::Field more =
        field("more", domain::FieldType::LongText, {"Cuéntanos más", "Tell us more"});
    domain::Section section;
    section.key = "main";
    section.fields = {what, code, more};
    item.form.sections = {section};
    return item;
}

domain::Article vpn_article() {
    domain::Article article;
    article.id = id("KB0005");
    article.number = "KB0005";
    article.version = 3;
    article.es.title = "VPN: errores 809 y 720";
    article.es.summary = "Qué hacer cuando la VPN no conecta";
    article.es.keywords = "vpn 809 720 conexion";
    domain::Block text;
    text.inlines.emplace_back().text = "El 809 aparece cuando la red bloquea el puerto de la VPN.";
    article.es.blocks = domain::to_json(domain::Blocks{text});
    article.owner = "Redes";
    article.reviewed_at = from_ms(kNowMs - 9LL * 86'400'000);
    article.votes_helpful = 9;
    article.votes_total = 10;
    article.items = {"INC-03"};
    return article;
}

domain::Service service(std::string_view key, domain::L10n name, int criticality) {
    domain::Service out;
    out.id = id(key);
    out.key = key;
    out.name = std::move(name);
    out.desk = "it";
    out.criticality = criticality;
    return out;
}

}  // namespace

void fill(Desk& desk) {
    using domain::RowType;
    domain::Site site;
    site.id = id("madrid");
    site.key = "madrid";
    site.name = {"Madrid", "Madrid"};
    site.time_zone = "Europe/Madrid";
    desk.put(RowType::Site, site);
    desk.put(RowType::Service, service("network", {"Red y VPN", "Network and VPN"}, 1));
    desk.put(RowType::Service, service("mail", {"Correo y calendario", "Mail and calendar"}, 2));
    domain::Category category;
    category.id = id("incidents");
    category.key = "incidents";
    category.name = {"Algo no funciona", "Something is broken"};
    desk.put(RowType::Category, category);
    desk.put(RowType::CatalogItem, no_internet());
    desk.put(RowType::Article, vpn_article());
}

domain::Outage vpn_outage(Instant now) {
    domain::Outage outage;
    outage.id = id("O1");
    outage.public_id = "vpnmadrid001";
    outage.title = {"La VPN no conecta en Madrid", "The VPN does not connect in Madrid"};
    outage.impact = {"No puedes entrar a los sistemas internos desde fuera de la oficina.",
                     "You cannot reach internal systems from outside the office."};
    outage.workaround = {"usa el punto de acceso del móvil", "use your phone's hotspot"};
    outage.contact = {"Diego Paz", "ext. 4410", {}};
    outage.audience.sites = {id("madrid")};
    outage.started_at = now - std::chrono::minutes{20};
    domain::OutageUpdate update;
    update.id = id("O1-1");
    update.at = now - std::chrono::minutes{8};
    update.snapshot = {{id("network"), domain::Impact::Partial}};
    update.next_update_due_at = now + std::chrono::minutes{20};
    update.eta_high = now + std::chrono::minutes{50};
    update.body = {"Estamos en ello.", "We are on it."};
    outage.updates = {update};
    return outage;
}

domain::Request request(std::string_view name, domain::RequestState state) {
    domain::Request out;
    out.id = id(name);
    out.number = concat("SOL-2026-0000", name);
    out.local_code = "7K2Q4";
    out.item_key = "INC-03";
    out.item_title = {"Sin internet o VPN", "No internet or VPN"};
    out.title = concat("Solicitud ", name);
    out.description = "Desde esta mañana no conecta.";
    out.requester = id("lucia");
    out.requester_name = "Lucía Ferreyra";
    out.site = id("madrid");
    out.service = id("network");
    out.desk = "it";
    out.state = state;
    out.reported_at = out.received_at = from_ms(kNowMs - 2LL * 3'600'000);
    out.updated_at = from_ms(kNowMs - 3LL * 60'000);
    return out;
}

}  // namespace demo

}  // namespace ventanilla::support
