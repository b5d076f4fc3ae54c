#include "shared/search/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "shared/base/hash.hpp"
#include "shared/search/tokens.hpp"

namespace ventanilla::search {
namespace {

std::uint8_t shared_prefix(std::string_view a, std::string_view b) {
    const std::size_t most = std::min({a.size(), b.size(), kTermBytesMax});
    std::size_t n = 0;
    while (n < most && a[n] == b[n])
        ++n;
    return static_cast<std::uint8_t>(n);
}

// The first eight bytes, so that they compare as one number does.
std::uint64_t beginning(std::string_view text) {
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < sizeof key; ++i)
        key = key << 8U | (i < text.size() ? static_cast<std::uint8_t>(text[i]) : 0U);
    return key;
}

// The rows of a Levenshtein table with neighbour swaps, one row for each byte of a candidate, only
// as wide as the distance allows. Candidates come sorted, so the rows of a shared beginning are
// kept. Source: Damerau 1964 (optimal alignment), Ukkonen 1985 (the band).
class DistanceRows {
  public:
    DistanceRows(std::string_view word, int distance_max)
        : word_(word.substr(0, kTermBytesMax)), max_(static_cast<std::size_t>(distance_max)) {
        for (std::size_t c = 0; c <= word_.size(); ++c)
            rows_[0][c] = static_cast<std::uint8_t>(c);
    }

    // Computes row `r` from the candidate's first r bytes. Gives the least distance in it.
    int fill(std::string_view candidate, std::size_t r) {
        const auto& above = rows_[r - 1];
        auto& row = rows_[r];
        const char letter = candidate[r - 1];
        const std::size_t first = r > max_ ? r - max_ : 1;
        const std::size_t last = std::min(word_.size(), r + max_);
        row[first - 1] = first == 1 ? static_cast<std::uint8_t>(r) : kFar;
        int least = row[first - 1];
        for (std::size_t c = first; c <= last; ++c) {
            const int change = above[c - 1] + (word_[c - 1] == letter ? 0 : 1);
            int best = std::min({change, above[c] + 1, row[c - 1] + 1});
            if (r > 1 && c > 1 && letter == word_[c - 2] && candidate[r - 2] == word_[c - 1])
                best = std::min(best, rows_[r - 2][c - 2] + 1);
            row[c] = static_cast<std::uint8_t>(std::min<int>(best, kFar));
            least = std::min(least, best);
        }
        if (last < word_.size()) row[last + 1] = kFar;
        return least;
    }

    // Of the first `r` bytes of the candidate from the whole word.
    [[nodiscard]] int distance(std::size_t r) const {
        const bool is_inside = word_.size() <= r + max_ && r <= word_.size() + max_;
        return is_inside ? rows_[r][word_.size()] : kFar;
    }

  private:
    static constexpr std::uint8_t kFar = 100;
    std::string_view word_;
    std::size_t max_;
    std::array<std::array<std::uint8_t, kTermBytesMax + 2>, kTermBytesMax + 1> rows_{};
};

}  // namespace

std::string_view Vocabulary::text(TermId term) const {
    const std::uint32_t begin = term == 0 ? 0 : ends_[term - 1];
    return std::string_view(arena_).substr(begin, ends_[term] - begin);
}

std::size_t Vocabulary::slot_of(std::string_view term) const {
    const std::size_t mask = table_.size() - 1;
    std::size_t slot = static_cast<std::size_t>(hash64(term)) & mask;
    while (table_[slot] != kNoTerm && text(table_[slot]) != term)
        slot = (slot + 1) & mask;
    return slot;
}

TermId Vocabulary::find(std::string_view term) const {
    return table_.empty() ? kNoTerm : table_[slot_of(term)];
}

TermId Vocabulary::intern(std::string_view term) {
    if (table_.size() < 2 * (ends_.size() + 1)) grow();
    const std::size_t slot = slot_of(term);
    if (table_[slot] != kNoTerm) return table_[slot];
    const auto id = static_cast<TermId>(ends_.size());
    arena_.append(term);
    ends_.push_back(static_cast<std::uint32_t>(arena_.size()));
    table_[slot] = id;
    return id;
}

void Vocabulary::grow() {
    table_.assign(std::max<std::size_t>(1024, table_.size() * 2), kNoTerm);
    for (TermId id = 0; id < ends_.size(); ++id)
        table_[slot_of(text(id))] = id;
}

void Vocabulary::sort() {
    if (unsorted_from_ == ends_.size()) return;
    const auto less = [this](TermId a, TermId b) { return text(a) < text(b); };
    std::vector<std::pair<std::uint64_t, TermId>> fresh;
    for (TermId id = unsorted_from_; id < ends_.size(); ++id) {
        if (text(id).front() > kStemEn || text(id).front() < 0)
            fresh.emplace_back(beginning(text(id)), id);
    }
    unsorted_from_ = static_cast<TermId>(ends_.size());
    std::sort(fresh.begin(), fresh.end(), [&](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : less(a.second, b.second);
    });
    const auto old = static_cast<std::ptrdiff_t>(sorted_.size());
    for (const auto& [key, id] : fresh)
        sorted_.push_back(id);
    std::inplace_merge(sorted_.begin(), sorted_.begin() + old, sorted_.end(), less);
    shared_.resize(sorted_.size());
    for (std::size_t i = 1; i < sorted_.size(); ++i)
        shared_[i] = shared_prefix(text(sorted_[i - 1]), text(sorted_[i]));
}

void Vocabulary::with_prefix(std::string_view prefix, std::vector<TermId>& out) const {
    auto at = std::lower_bound(
        sorted_.begin(), sorted_.end(), prefix, [this](TermId id, std::string_view p) {
            return text(id) < p;
        });
    for (; at != sorted_.end() && text(*at).substr(0, prefix.size()) == prefix; ++at)
        out.push_back(*at);
}

void Vocabulary::near(std::string_view word,
                      int distance_max,
                      bool is_prefix,
                      std::vector<FuzzyMatch>& out) const {
    DistanceRows rows(word, distance_max);
    const std::size_t depth_max =
        std::min(kTermBytesMax, word.size() + static_cast<std::size_t>(distance_max));
    std::size_t filled = 0;                // rows that belong to the current beginning
    std::size_t dead = kTermBytesMax + 1;  // beginnings this long or longer are too far
    std::size_t hit = kTermBytesMax + 1;   // with is_prefix: beginnings this long already match
    int hit_distance = 0;
    for (std::size_t i = 0; i < sorted_.size(); ++i) {
        const std::size_t kept = i == 0 ? 0 : shared_[i];
        if (kept >= dead) continue;
        if (kept >= hit) {
            out.push_back({sorted_[i], hit_distance});
            continue;
        }
        dead = hit = kTermBytesMax + 1;
        const std::string_view candidate = text(sorted_[i]);
        const std::size_t depth = std::min(candidate.size(), depth_max);
        std::size_t r = std::min(kept, filled);
        while (r < depth && dead > kTermBytesMax && hit > kTermBytesMax) {
            ++r;
            if (rows.fill(candidate, r) > distance_max) dead = r;
            if (is_prefix && rows.distance(r) <= distance_max && r + 1 >= word.size()) {
                hit = r;
                hit_distance = std::max(1, rows.distance(r));
            }
        }
        filled = r;
        if (hit <= kTermBytesMax) {
            out.push_back({sorted_[i], hit_distance});
        } else if (!is_prefix && dead > kTermBytesMax && candidate.size() <= depth_max &&
                   rows.distance(candidate.size()) <= distance_max) {
            out.push_back({sorted_[i], rows.distance(candidate.size())});
        }
    }
}

std::size_t Vocabulary::memory_bytes() const {
    return arena_.capacity() + shared_.capacity() +
           sizeof(TermId) * (ends_.capacity() + table_.capacity() + sorted_.capacity());
}

void Vocabulary::clear() {
    *this = Vocabulary();
}

}  // namespace ventanilla::search
