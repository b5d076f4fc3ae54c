#include <algorithm>
#include <iterator>
#include <variant>

#include "shared/base/text.hpp"
#include "shared/base/bug_zoo.hpp"
#include "shared/sync/recording_state.hpp"
#include "shared/sync/replica.hpp"

// The fold: pending commands over the base, lane by lane. Only lanes that read or wrote something that
// changed are decided again, so that typing and pulling stay cheap with a full outbox.

namespace ventanilla::sync {
namespace {

void add_once(std::vector<domain::RowRef>& refs, const domain::RowRef& ref) {
    if (std::find(refs.begin(), refs.end(), ref) == refs.end()) refs.push_back(ref);
}

std::string key_of(const commands::Actor& actor) {
    std::string key = concat(to_text(actor.user), ':', actor.roles.bits(), ':', to_text(actor.site));
    for (const std::string& desk : actor.desks)
        key += concat(':', desk);
    return key;
}

using Refs = std::unordered_set<domain::RowRef, domain::RowRefHash>;

bool touches(const FoldState& state, const Refs& refs) {
    const auto is_in = [&](const domain::RowRef& ref) { return refs.count(ref) > 0; };
    return std::any_of(state.read.begin(), state.read.end(), is_in) ||
           std::any_of(state.wrote.begin(), state.wrote.end(), is_in);
}

}  // namespace

const FoldState* Replica::fold_state(const Id& cmd_id) const {
    const auto found = folded_.find(cmd_id);
    return found == folded_.end() ? nullptr : &found->second.state;
}

void Replica::unfold(const Folded& folded) {
    for (const domain::RowRef& ref : folded.state.wrote) {
        auto& overlay = overlay_[static_cast<std::size_t>(ref.type)];
        if (overlay.erase(ref.id) == 0) continue;
        ++revisions_[static_cast<std::size_t>(ref.type)];
        ++revision_;
    }
}

void Replica::fold_one(const Pending& pending, const commands::Actor& actor, Instant now) {
    Folded& folded = folded_[pending.command->cmd_id];
    folded = {pending.lseq, pending.command->lane, pending.is_excluded, {}};
    if (pending.is_excluded) return;
    const RecordingState recorder(*this, folded.state.read);
    const commands::Outcome outcome = commands::decide(recorder, *pending.command, actor, now);
    if (const auto* rejection = std::get_if<commands::Rejection>(&outcome)) {
        folded.state.code = rejection->code;
        return;
    }
    const auto* decision = std::get_if<commands::Decision>(&outcome);
    folded.state.is_unknown = decision == nullptr;
    if (decision == nullptr) return;
    folded.state.is_applied = true;
    for (const commands::RowChange& change : decision->changes) {
        const domain::Row* before = get(change.ref);
        const std::uint64_t ver = before == nullptr ? 1 : before->ver + 1;
        const auto index = static_cast<std::size_t>(change.ref.type);
        overlay_[index][change.ref.id] = {change.ref, ver, change.body};
        add_once(folded.state.wrote, change.ref);
        ++revisions_[index];
        ++revision_;
    }
}

// Whose lanes must be decided again: those of new, gone or newly excluded commands, those that looked at a
// row that changed, and, one after another, those that share a row with one of them.
std::unordered_set<std::string> Replica::dirty_lanes(const std::vector<Pending>& pending) {
    std::unordered_set<std::string> lanes;
    std::unordered_set<Id, IdHash> wanted;
    appended_.clear();  // a new command at the end of its lane needs nothing done again
    for (const Pending& item : pending) {
        wanted.insert(item.command->cmd_id);
        const std::string& lane = item.command->lane;
        const auto known = folded_.find(item.command->cmd_id);
        if (known == folded_.end())
            appended_.insert(lane);
        else if (known->second.is_excluded != item.is_excluded || appended_.count(lane) > 0)
            lanes.insert(lane);
    }
    for (const auto& [id, folded] : folded_)
        if (wanted.count(id) == 0) lanes.insert(folded.lane);
    Refs refs = std::move(changed_);
    changed_.clear();
    if (lanes.empty() && refs.empty() && !is_everything_changed_) return lanes;
    for (bool grew = true; grew;) {
        grew = false;
        for (const auto& [id, folded] : folded_) {
            const bool is_dirty = is_everything_changed_ || lanes.count(folded.lane) > 0;
            if (!is_dirty && !touches(folded.state, refs)) continue;
            grew = lanes.insert(folded.lane).second || grew;
            for (const domain::RowRef& ref : folded.state.wrote)
                grew = refs.insert(ref).second || grew;
        }
    }
    return lanes;
}

void Replica::fold(const std::vector<Pending>& pending, const commands::Actor& actor, Instant now) {
    if (std::string key = key_of(actor); key != actor_key_) {
        actor_key_ = std::move(key);
        is_everything_changed_ = true;
    }
    const bool was_base_changed = !changed_.empty();
    const std::unordered_set<std::string> lanes = dirty_lanes(pending);
    is_everything_changed_ = false;
    if (lanes.empty() && appended_.empty()) return;
    for (auto it = folded_.begin(); it != folded_.end();) {
        const bool is_dirty = lanes.count(it->second.lane) > 0;
        if (is_dirty) unfold(it->second);
        it = is_dirty ? folded_.erase(it) : std::next(it);
    }
    Refs fresh;
    for (const Pending& item : pending) {
        if (folded_.count(item.command->cmd_id) > 0) continue;
        if (bug(Bug::SkipRefold) && was_base_changed) continue;
        fold_one(item, actor, now);
        const FoldState& state = folded_[item.command->cmd_id].state;
        fresh.insert(state.wrote.begin(), state.wrote.end());
    }
    // A lane that was left alone looked at a row that only now has a writer: rare, so all over again.
    for (const auto& [id, folded] : folded_) {
        const bool is_done = lanes.count(folded.lane) > 0 || appended_.count(folded.lane) > 0;
        if (is_done || !touches(folded.state, fresh)) continue;
        is_everything_changed_ = true;
        return fold(pending, actor, now);
    }
}

}  // namespace ventanilla::sync
