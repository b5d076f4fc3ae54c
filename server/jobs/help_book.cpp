#include "server/jobs/help_book.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "server/store/accounts.hpp"
#include "server/store/changes.hpp"
#include "shared/base/text.hpp"
#include "shared/rules/visibility.hpp"

namespace ventanilla::jobs {
namespace {

using domain::HelpEnd;
using domain::HelpFigures;
using domain::HelpKind;
using domain::HelpNote;
using domain::HelpSought;
using domain::RowRef;
using domain::RowType;
using domain::SearchGap;

constexpr std::size_t kTouchesAtOnce = 500;
constexpr std::size_t kRowsPerWrite = 100;  // other writers get their turn in between

// ---- what was opened beside forms

int strength(HelpEnd end) {
    switch (end) {
        case HelpEnd::Solved: return 3;
        case HelpEnd::Submitted: return 2;
        case HelpEnd::NotSolved: return 1;
        case HelpEnd::Left: break;
    }
    return 0;
}

// One person and one thing.
struct Seeker {
    Id user;
    HelpKind kind{};
    Id target;
    friend bool operator<(const Seeker& a, const Seeker& b) {
        return std::tie(a.user, a.kind, a.target) < std::tie(b.user, b.kind, b.target);
    }
};
using Sought = std::map<Seeker, std::vector<HelpSought>>;

// The strongest of each kHelpSettles.
std::vector<HelpSought> strongest(std::vector<HelpSought> all) {
    std::stable_sort(
        all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    std::vector<HelpSought> out;
    Instant until{};
    for (HelpSought& each : all) {
        if (out.empty() || each.at > until) {
            until = each.at + domain::kHelpSettles;
            out.push_back(std::move(each));
        } else if (strength(each.end) > strength(out.back().end)) {
            out.back() = std::move(each);
        }
    }
    return out;
}

void add(HelpFigures& figures, const HelpSought& sought) {
    ++figures.opened;
    const bool is_solved = sought.end == HelpEnd::Solved;
    const bool is_left = sought.end == HelpEnd::Left;
    if (is_solved) ++figures.solved;
    if (is_left) ++figures.left;
    if (sought.is_confirmed.value_or(false))
        ++(is_solved ? figures.confirmed_solved : figures.confirmed_left);
    if ((is_solved || is_left) && !sought.is_confirmed) ++figures.waiting;
    const bool asked_after_all = (is_solved || is_left) && sought.is_confirmed == false;
    if (sought.end == HelpEnd::Submitted || asked_after_all) ++figures.submitted;
}

std::vector<HelpFigures> figures_of(const Sought& sought, int sent_unopened) {
    HelpFigures all{.id = domain::help_figures_id({}, {})};
    all.sent_unopened = sent_unopened;
    std::map<std::pair<HelpKind, Id>, HelpFigures> each;
    for (const auto& [seeker, times] : sought) {
        const Id target = seeker.kind == HelpKind::Article ? seeker.target : Id{};
        HelpFigures& one = each[{seeker.kind, target}];
        one.kind = seeker.kind;
        one.target = target;
        one.id = domain::help_figures_id(one.kind, target);
        for (const HelpSought& time : strongest(times)) {
            add(one, time);
            add(all, time);
        }
    }
    std::vector<HelpFigures> out;
    if (all.opened > 0 || all.sent_unopened > 0) out.push_back(all);
    for (auto& [key, one] : each)
        out.push_back(std::move(one));
    return out;
}

// ---- what was searched for

struct Question {
    std::set<Id> people;                           // who did not get an answer
    std::map<std::string, std::set<Id>> wordings;  // and how they asked
    SearchGap gap;
};

void add(Question& question, const Id& user, const domain::SearchMade& search) {
    ++question.gap.searches;
    if (search.is_opened) return;
    ++(search.found == 0 ? question.gap.empty : question.gap.unopened);
    question.people.insert(user);
    if (!search.words.empty()) question.wordings[search.words].insert(user);
}

std::string commonest(const std::map<std::string, std::set<Id>>& wordings) {
    const auto most =
        std::max_element(wordings.begin(), wordings.end(), [](const auto& a, const auto& b) {
            return a.second.size() < b.second.size();
        });
    return most == wordings.end() ? std::string{} : most->first;
}

std::vector<SearchGap> gaps_of(std::map<Id, Question>& questions) {
    std::vector<SearchGap> out;
    for (auto& [key, question] : questions) {
        SearchGap gap = question.gap;
        const int failed = gap.empty + gap.unopened;
        gap.id = key;
        gap.words = commonest(question.wordings);
        gap.people = static_cast<int>(question.people.size());
        const bool is_rare = gap.people < limits::kGapPeopleMin;
        if (!is_rare && failed * 2 >= gap.searches && !gap.words.empty())
            out.push_back(std::move(gap));
    }
    return out;
}

// ---- the store

std::vector<HelpNote> notes_in(const store::Snapshot& snapshot) {
    std::vector<HelpNote> notes;
    for (const domain::Row& row : snapshot.rows(RowType::HelpNote))
        if (Result<HelpNote> note = domain::help_note_from(row))
            notes.push_back(std::move(note).value());
    return notes;
}

std::vector<domain::Request> requests_of(const store::Snapshot& snapshot, const Id& user) {
    std::vector<domain::Request> out;
    store::Seq after = 0;
    for (bool is_last = false; !is_last;) {
        const auto touches =
            snapshot.touched(domain::audience_of_user(user), after, kTouchesAtOnce);
        for (const store::Touch& touch : touches) {
            after = std::max(after, touch.touch_seq);
            const auto row =
                touch.ref.type == RowType::Request ? snapshot.find(touch.ref) : std::nullopt;
            if (!row) continue;
            Result<domain::Request> request = domain::request_from(*row);
            if (request && request->requester == user) out.push_back(std::move(request).value());
        }
        is_last = touches.size() < kTouchesAtOnce;
    }
    return out;
}

bool is_settling(const HelpNote& note, Instant now) {
    return std::any_of(note.sought.begin(), note.sought.end(), [&](const HelpSought& each) {
        return each.kind && !each.is_confirmed && each.at + domain::kHelpSettles <= now;
    });
}

struct Plan {
    std::vector<HelpNote> settled;
    std::vector<RowRef> gone;  // notes whose time is over, sums of nothing
    HelpBook book;
};

template <class Kept>
void append_gone(const store::Snapshot& snapshot,
                 RowType type,
                 const std::vector<Kept>& kept,
                 std::vector<RowRef>& out) {
    std::set<Id> ids;
    for (const Kept& each : kept)
        ids.insert(each.id);
    for (const domain::Row& row : snapshot.rows(type))
        if (!ids.contains(row.ref.id)) out.push_back(row.ref);
}

Plan planned(const store::Snapshot& snapshot, Instant now) {
    Plan plan;
    std::map<Id, std::vector<domain::Request>> requests;
    std::vector<HelpNote> notes;
    for (HelpNote& note : notes_in(snapshot)) {
        if (note.at + domain::kHelpKept <= now) {
            plan.gone.push_back({RowType::HelpNote, note.id});
            continue;
        }
        if (is_settling(note, now)) {
            const auto [at, is_new] = requests.try_emplace(note.user);
            if (is_new) at->second = requests_of(snapshot, note.user);
            if (settle(note, at->second, now)) plan.settled.push_back(note);
        }
        notes.push_back(std::move(note));
    }
    plan.book = counted(notes);
    append_gone(snapshot, RowType::HelpFigures, plan.book.figures, plan.gone);
    append_gone(snapshot, RowType::SearchGap, plan.book.gaps, plan.gone);
    return plan;
}

struct Put {
    RowRef ref;
    Json body;
    std::vector<domain::Audience> audiences;
};

std::vector<Put> puts_of(const Plan& plan) {
    std::vector<Put> puts;
    for (const HelpNote& note : plan.settled)
        puts.push_back({{RowType::HelpNote, note.id}, to_json(note), rules::audiences_of(note)});
    for (const HelpFigures& each : plan.book.figures)
        puts.push_back(
            {{RowType::HelpFigures, each.id}, to_json(each), rules::audiences_of_help_sums()});
    for (const SearchGap& each : plan.book.gaps)
        puts.push_back(
            {{RowType::SearchGap, each.id}, to_json(each), rules::audiences_of_help_sums()});
    return puts;
}

}  // namespace

HelpBook counted(const std::vector<HelpNote>& notes) {
    Sought sought;
    std::map<Id, Question> questions;
    int sent_unopened = 0;
    for (const HelpNote& note : notes) {
        for (const HelpSought& each : note.sought) {
            if (each.kind)
                sought[{note.user, *each.kind, each.target}].push_back(each);
            else
                ++sent_unopened;
        }
        for (const domain::SearchMade& search : note.searches)
            add(questions[search.key], note.user, search);
    }
    return {figures_of(sought, sent_unopened), gaps_of(questions)};
}

bool settle(HelpNote& note, const std::vector<domain::Request>& requests, Instant now) {
    bool is_news = false;
    for (HelpSought& each : note.sought) {
        const Instant until = each.at + domain::kHelpSettles;
        if (!each.kind || each.is_confirmed || until > now) continue;
        const bool asked =
            std::any_of(requests.begin(), requests.end(), [&](const domain::Request& request) {
                const bool is_about = is_nil(each.service) || request.service == each.service;
                return is_about && request.reported_at >= each.at && request.reported_at <= until;
            });
        const bool may_help = each.end == HelpEnd::Solved || each.end == HelpEnd::Left;
        each.is_confirmed = may_help && !asked;
        is_news = true;
    }
    return is_news;
}

Result<std::string> keep_help_book(store::Store& store, Instant now) {
    Plan plan;
    TRY(store.read([&](const store::Snapshot& snapshot) {
        plan = planned(snapshot, now);
        return ok();
    }));
    const std::vector<Put> puts = puts_of(plan);
    std::size_t written = 0;
    for (std::size_t first = 0; first < puts.size(); first += kRowsPerWrite) {
        const std::size_t end = std::min(first + kRowsPerWrite, puts.size());
        std::size_t now_written = 0;
        TRY(store.write([&](store::Transaction& transaction) {
            now_written = 0;
            for (std::size_t i = first; i < end; ++i)
                now_written += store::put_own_row(
                                   transaction, puts[i].ref, puts[i].body, puts[i].audiences, now)
                                   ? 1
                                   : 0;
            return ok();
        }));
        written += now_written;
    }
    if (!plan.gone.empty())
        TRY(store.write([&](store::Transaction& transaction) {
            store::remove(transaction, plan.gone, {.type = "system.help_book"}, now);
            return ok();
        }));
    return concat(plan.settled.size(),
                  " notes settled, ",
                  written,
                  " rows written, ",
                  plan.gone.size(),
                  " deleted\n");
}

}  // namespace ventanilla::jobs
