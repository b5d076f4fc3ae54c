#include "server/api/article_numbers.hpp"

#include <algorithm>

namespace ventanilla::api {
namespace {

constexpr std::size_t kTouchesAtOnce = 500;

std::string upper(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    });
    return out;
}

}  // namespace

std::vector<Id> ArticleNumbers::find(const store::Snapshot& snapshot, std::string_view number) {
    const std::lock_guard lock{mutex_};
    follow(snapshot);
    const auto at = ids_.find(upper(number));
    return at == ids_.end() ? std::vector<Id>{} : at->second;
}

void ArticleNumbers::follow(const store::Snapshot& snapshot) {
    const store::Meta meta = snapshot.meta();
    // A snapshot a little older than the last one would only have to be followed again.
    if (meta.epoch == epoch_ && meta.head <= head_) return;
    if (meta.epoch != epoch_) {
        ids_.clear();
        numbers_.clear();
        head_ = 0;
    }
    // All an article can be seen by (rules::audiences_of).
    for (const std::string_view audience : {domain::kPublicArticles, domain::kStaff}) {
        store::Seq after = head_;
        for (bool is_last = false; !is_last;) {
            const auto touches =
                snapshot.touched(domain::Audience(audience), after, kTouchesAtOnce);
            for (const store::Touch& touch : touches) {
                after = std::max(after, touch.touch_seq);
                if (touch.ref.type == domain::RowType::Article) reread(snapshot, touch.ref.id);
            }
            is_last = touches.size() < kTouchesAtOnce;
        }
    }
    epoch_ = meta.epoch;
    head_ = meta.head;
}

void ArticleNumbers::reread(const store::Snapshot& snapshot, const Id& id) {
    const auto row = snapshot.find({domain::RowType::Article, id});
    const std::string number = row ? upper(text_or(row->body, "number")) : std::string{};
    std::string& known = numbers_[id];
    if (known == number) return;
    if (!known.empty()) std::erase(ids_[known], id);
    if (!number.empty()) ids_[number].push_back(id);
    known = number;
}

}  // namespace ventanilla::api
