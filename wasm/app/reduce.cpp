#include <algorithm>

#include "shared/base/text.hpp"
#include "wasm/app/core.hpp"
#include "wasm/views/article_view.hpp"
#include "wasm/views/form_view.hpp"

// What each intent does. Nothing else changes what a person sees because of something they did.

namespace ventanilla::app {

namespace {

using namespace views;

void edited(Core& core, const std::string& item, FormState& form) {
    form.failed.reset();
    touch(core, form.saving);
    look_for_similar(core, item);
}

void discard_draft(Core& core, const std::string& item) {
    const auto at = core.state.forms.find(item);
    if (at == core.state.forms.end()) return;
    help_over(core, item, domain::HelpEnd::Left);
    forget_draft(core, at->second.draft);
    core.state.forms.erase(at);
    toast(core, std::string(core.words()(K::toast_draft_deleted)));
}

// One function an intent, found by its type.
struct Reducer {
    Core& core;
    AppState& state;

    void operator()(const Go& each) const { go(core, each.route); }

    void operator()(const EditLogin& each) const {
        state.sign_in.login = each.text, state.sign_in.problem.reset();
    }
    void operator()(const EditPassword& each) const {
        state.sign_in.password = each.text, state.sign_in.problem.reset();
    }
    void operator()(const SignIn&) const { sign_in(core); }
    void operator()(const AskSignOut&) const { state.dialog = Dialog{.kind = DialogKind::SignOut}; }
    void operator()(const SignOut&) const { sign_out(core); }

    void operator()(const SetLang& each) const {
        state.lang = each.lang;
        core.is_lang_chosen = true;
        core.effect(SavePref{"lang", std::string(domain::name(each.lang))});
        if (!state.search.query.empty()) search_for(core, state.search.query);
    }
    void operator()(const SetTheme& each) const {
        constexpr std::string_view kNames[] = {"", "light", "dark", "contrast"};
        state.theme = each.theme;
        core.effect(SavePref{"theme", std::string(kNames[static_cast<int>(each.theme)])});
    }

    void operator()(const EditSearch& each) const { typed_query(core, each.text); }
    void operator()(const ShowResults&) const {
        if (trimmed(state.search.query).empty()) return;
        const std::string query = state.search.query;
        go(core,
           {Page::Search, {}, query},
           state.route.page == Page::Search ? History::Replace : History::Push);
    }

    void operator()(const EditAnswer& each) const {
        FormState& form = form_of(core, each.item);
        set_answer(form.answers, each.field, each.value);
        std::erase_if(form.problems,
                      [&](const FieldProblem& problem) { return problem.field == each.field; });
        edited(core, each.item, form);
    }
    void operator()(const AddRow& each) const {
        FormState& form = form_of(core, each.item);
        const domain::CatalogItem* item = state.library.item(each.item);
        if (item == nullptr) return;
        for (const domain::Section& section : item->form.sections) {
            if (section.key != each.section) continue;
            Json& list = form.answers[each.section];
            if (!list.is_array()) list = Json::array();
            const std::size_t shown =
                std::max<std::size_t>(1, static_cast<std::size_t>(std::max(0, section.repeat_min)));
            while (list.size() < shown)
                list.push_back(Json::object());
            if (list.size() < static_cast<std::size_t>(section.repeat_max))
                list.push_back(rules::first_entry(section, form_context(state, core.now.wall)));
        }
        edited(core, each.item, form);
    }
    void operator()(const RemoveRow& each) const {
        FormState& form = form_of(core, each.item);
        Json& list = form.answers[each.section];
        const auto index = static_cast<std::size_t>(each.index);
        if (list.is_array() && index < list.size()) list.erase(index);
        edited(core, each.item, form);
    }
    void operator()(const SubmitForm& each) const { submit_form(core, each.item); }
    void operator()(const SaveForLater& each) const {
        FormState& form = form_of(core, each.item);
        if (!form.saving.is_dirty() && !form.saving.saved_at) touch(core, form.saving);
        go(core, {Page::Catalogue, {}, {}});
    }
    void operator()(const AskDiscardDraft& each) const {
        state.dialog = Dialog{.kind = DialogKind::DiscardDraft, .id = {}, .key = each.item};
    }
    void operator()(const DiscardDraft& each) const { discard_draft(core, each.item); }
    void operator()(const StartAnother& each) const {
        state.forms.erase(each.item);
        state.focus_heading = true;
    }

    void operator()(const SolvedBy& each) const { solved_by(core, each.item, each.target); }
    void operator()(const NotSolved& each) const { not_solved(core, each.item); }

    void operator()(const EditReply& each) const {
        ReplyState& reply = reply_of(core, each.reply);
        reply.text = each.text;
        reply.is_empty_refused = false;
        touch(core, reply.saving);
    }
    void operator()(const Act& each) const { act(core, each); }
    void operator()(const AskCancel& each) const {
        state.dialog = Dialog{.kind = DialogKind::CancelRequest, .id = each.request, .key = {}};
    }

    void operator()(const CastVote& each) const {
        Json args = {{"article", to_text(each.article)},
                     {"version", each.version},
                     {"helpful", each.is_helpful}};
        if (each.reason) args["reason"] = domain::name(*each.reason);
        if (send(core, "article.vote", args))
            core.say(core.words()(views::thanks_for({each.is_helpful, each.reason})));
    }
    void operator()(const MeToo& each) const {
        if (send(core, "outage.me_too", {{"outage", to_text(each.outage)}}))
            core.say(core.words()(K::banner_joined));
    }
    void operator()(const AnswerOutage& each) const {
        const Json args = {{"outage", to_text(each.outage)}, {"works", each.works}};
        if (send(core, "outage.answer", args))
            toast(core, std::string(core.words()(each.works ? K::works_thanks : K::works_still)));
    }
    void operator()(const LinkForm& each) const {
        FormState& form = form_of(core, each.item);
        form.outage = each.outage;
        touch(core, form.saving);
    }
    void operator()(const DismissBanner& each) const {
        state.dismissed.insert({each.outage, each.news});
    }

    void operator()(const EditUnsent& each) const { edit_unsent(core, each.cmd); }
    void operator()(const CopyUnsent& each) const { copy_unsent(core, each.cmd); }
    void operator()(const AskDiscardUnsent& each) const {
        state.dialog = Dialog{.kind = DialogKind::DiscardUnsent, .id = each.cmd, .key = {}};
    }
    void operator()(const DiscardUnsent& each) const {
        if (core.client && core.client->discard(each.cmd, core.engine_now()))
            toast(core, std::string(core.words()(K::toast_discarded)), ui::Tone::Neutral, each.cmd);
    }
    void operator()(const UndoDiscard& each) const {
        if (core.client) (void)core.client->undo_discard(each.cmd, core.engine_now());
        std::erase_if(state.toasts, [&](const Toast& toast) { return toast.undo == each.cmd; });
    }
    void operator()(const RetryUnsent& each) const {
        if (core.client) (void)core.client->retry(each.cmd, core.engine_now());
    }
    void operator()(const ExportUnsent&) const {
        if (core.client)
            core.effect(SaveFile{
                "ventanilla-sin-enviar.json", "application/json", core.client->export_unsent()});
    }
    void operator()(const SyncNow&) const {
        if (core.client) core.client->sync_now(core.engine_now());
    }
    void operator()(const UseHere&) const { core.effect(TakeLead{}); }
    void operator()(const FilterQueue& each) const {
        go(core, {Page::Queue, {}, each.filter}, History::Replace);
    }

    void operator()(const PublishBurst& each) const { publish_burst(core, each.burst); }
    void operator()(const RejectBurst& each) const { reject_burst(core, each.burst); }
    void operator()(const EditOutage& each) const { edit_outage(core, each); }
    void operator()(const ChooseServices& each) const { choose_services(core, each.services); }
    void operator()(const ChooseSites& each) const { choose_sites(core, each.sites); }
    void operator()(const PublishOutage&) const { publish_outage(core); }
    void operator()(const AskResolveOutage&) const {
        state.dialog = Dialog{.kind = DialogKind::ResolveOutage};
    }
    void operator()(const ReadOutage&) const { read_outage(core); }
    void operator()(const AskDiscardOutage&) const {
        state.dialog = Dialog{.kind = DialogKind::DiscardOutage};
    }
    void operator()(const DiscardOutage&) const { discard_outage(core); }

    void operator()(const EditWriting& each) const { edit_writing(core, each); }
    void operator()(const WriteIn& each) const { write_in(core, each.lang); }
    void operator()(const SetInternal& each) const { set_internal(core, each.is_internal); }
    void operator()(const SetFormOnly& each) const { set_form_only(core, each.is_form_only); }
    void operator()(const TakeNewBase&) const { take_new_base(core); }
    void operator()(const Propose&) const { propose(core); }
    void operator()(const AskDiscardWriting&) const {
        state.dialog = Dialog{.kind = DialogKind::DiscardWriting};
    }
    void operator()(const DiscardWriting&) const { discard_writing(core); }
    void operator()(const PublishVersion& each) const { publish_version(core, each.version); }
    void operator()(const SuggestEdits& each) const { suggest_edits(core, each.version); }
    void operator()(const RecallVersion& each) const { recall_version(core, each.version); }

    void operator()(const CloseDialog&) const { state.dialog.reset(); }
    void operator()(const CloseToast& each) const {
        if (each.index < state.toasts.size())
            state.toasts.erase(state.toasts.begin() + static_cast<std::ptrdiff_t>(each.index));
    }
    void operator()(const UpdateNow&) const { core.wants_update = true; }
};

}  // namespace

void reduce(Core& core, const Intent& intent) {
    std::visit(Reducer{core, core.state}, intent);
    hand_over_drafts(core);
    carry_effects(core);
    core.is_dirty = true;
}

}  // namespace ventanilla::app
