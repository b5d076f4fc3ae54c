#include "shared/search/closeness.hpp"

#include <algorithm>

namespace ventanilla::search {
namespace {

constexpr std::size_t kNearWordsMax = 8'000;  // of one document
constexpr std::int64_t kFieldsApart = 60;     // words: fields are no neighbours
constexpr double kReversed = 0.7;             // "red inalámbrica" for "inalámbrica red"
constexpr double kHeadingShare = 0.9;         // a heading speaks for a part of the article
constexpr double kStopInLine = 0.1;           // of a word of the line that the query need not have

// What two words are worth that stand `extra` words further apart than in the query.
double nearness(std::int64_t extra) {
    if (extra <= 0) return 1.0;
    if (extra <= 2) return 0.8;
    if (extra <= 5) return 0.5;
    return extra <= 10 ? 0.25 : 0.0;
}

}  // namespace

Closeness::Closeness(const Plan& plan, const std::vector<double>& rarity) : rarity_(rarity) {
    for (const double each : rarity)
        total_ += each;
    for (std::size_t i = 0; i < plan.words.size(); ++i) {
        if (!plan.words[i].is_stop) content_.push_back(i);
    }
    if (content_.size() < 2) {
        content_.clear();
        for (std::size_t i = 0; i < plan.words.size(); ++i)
            content_.push_back(i);
    }
    for (std::size_t k = 0; k < content_.size(); ++k)
        distance_.push_back(
            k == 0 ? 0 : plan.words[content_[k]].place - plan.words[content_[k - 1]].place);
}

Close Closeness::of(const StoredDocument& document, Marker& marker) const {
    std::vector<Place> places;
    std::int64_t at = 0;
    const std::size_t end = std::min(document.words.size(), kNearWordsMax);
    for (std::size_t i = 0; i < end; ++i) {
        if ((document.words[i] & kExtraWord) == 0) ++at;
        if (std::find(document.ends.begin(), document.ends.end(), i) != document.ends.end())
            at += kFieldsApart;
        const std::uint8_t word =
            marker.of(document.words[i] & ~kExtraWord, document.document.lang);
        if (word != Marker::kNone) places.push_back({word, at});
    }
    Close close{pairs(places), line(document, marker, {0, document.ends[0]})};
    for (const WordRange& heading : document.headings)
        close.line = std::max(close.line, kHeadingShare * line(document, marker, heading));
    return close;
}

double Closeness::pairs(const std::vector<Place>& places) const {
    if (content_.size() < 2) return 0;
    std::vector<std::int64_t> last(content_.size(), -1'000'000);
    std::vector<double> best(content_.size(), 0.0);
    for (const Place& place : places) {
        const auto found = std::find(content_.begin(), content_.end(), place.word - 1U);
        if (found == content_.end()) continue;
        const auto k = static_cast<std::size_t>(found - content_.begin());
        last[k] = place.at;
        if (k > 0) best[k] = std::max(best[k], nearness(place.at - last[k - 1] - distance_[k]));
        if (k + 1 < last.size())
            best[k + 1] = std::max(best[k + 1],
                                   kReversed * nearness(place.at - last[k + 1] - distance_[k + 1]));
    }
    double sum = 0;
    double most = 0;
    for (std::size_t k = 1; k < content_.size(); ++k) {
        const double weight = std::min(rarity_[content_[k - 1]], rarity_[content_[k]]);
        sum += weight * best[k];
        most += weight;
    }
    return most > 0 ? sum / most : 0;
}

double Closeness::line(const StoredDocument& document, Marker& marker, WordRange range) const {
    std::vector<bool> has(rarity_.size(), false);
    double said = 0;
    double asked = 0;
    double words = 0;
    for (std::uint32_t i = range.from; i < range.to; ++i) {
        const TermId term = document.words[i] & ~kExtraWord;
        const std::uint8_t word = marker.of(term, document.document.lang);
        if (word != Marker::kNone && !has[word - 1U]) {
            has[word - 1U] = true;
            said += rarity_[word - 1U];
        }
        if ((document.words[i] & kExtraWord) != 0) continue;
        const double weight = marker.is_stop(term) ? kStopInLine : 1.0;
        words += weight;
        if (word != Marker::kNone) asked += weight;
    }
    return total_ > 0 && words > 0 ? said / total_ * asked / words : 0;
}

}  // namespace ventanilla::search
