#include "shared/search/corpus.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "shared/search/cut.hpp"

namespace ventanilla::search {
namespace {

constexpr std::size_t kSegmentsMax = 8;        // a query visits each
constexpr std::size_t kSmallSegmentDocs = 64;  // cheap enough to make again with every change
constexpr std::size_t kDeadShare = 4;          // one document in so many may be dead
constexpr std::size_t kDeadFloor = 64;

}  // namespace

std::uint16_t Corpus::audience_number(const std::string& audience) {
    const auto at = std::find(audiences_.begin(), audiences_.end(), audience);
    if (at != audiences_.end()) return static_cast<std::uint16_t>(at - audiences_.begin());
    assert(audiences_.size() < 0xFFFF && "tags are sets of audiences, not people");
    audiences_.push_back(audience);
    return static_cast<std::uint16_t>(audiences_.size() - 1);
}

void Corpus::put(const Document& document) {
    adopt(stored(document, vocabulary_));
}

void Corpus::adopt(StoredDocument stored) {
    const Document& document = stored.document;
    remove(document.key);
    stored.audience = audience_number(document.audience);
    const auto slot = static_cast<Slot>(documents_.size());
    ++version_;
    by_key_[document.key] = slot;
    const auto [at, is_new] = by_id_.try_emplace({document.kind, document.id});
    if (is_new) at->second.number = things_++;
    at->second.slots.push_back(slot);
    stored.thing = at->second.number;
    pending_.add(slot, stored, derived_, vocabulary_);
    documents_.push_back(std::move(stored));
}

void Corpus::remove(std::string_view key) {
    const auto at = by_key_.find(std::string(key));
    if (at == by_key_.end()) return;
    StoredDocument& gone = documents_[at->second];
    const auto siblings = by_id_.find({gone.document.kind, gone.document.id});
    std::erase(siblings->second.slots, at->second);
    if (siblings->second.slots.empty()) by_id_.erase(siblings);
    gone = StoredDocument{};
    gone.is_alive = false;
    ++dead_;
    ++version_;
    by_key_.erase(at);
}

void Corpus::replace(Corpus other) {
    other.version_ = std::max(other.version_, version_) + 1;
    *this = std::move(other);
}

const std::vector<Slot>& Corpus::same_id(const Document& document) const {
    static const std::vector<Slot> kNone;
    const auto at = by_id_.find({document.kind, document.id});
    return at == by_id_.end() ? kNone : at->second.slots;
}

void Corpus::prepare() {
    if (dead_ > kDeadFloor && dead_ * kDeadShare > documents_.size()) compact();
    if (pending_.empty()) return;
    const bool is_last_small =
        !segments_.empty() && segments_.back().slots().size() <= kSmallSegmentDocs;
    segments_.push_back(pending_.take(vocabulary_.size()));
    if (segments_.size() >= kSegmentsMax)
        merge_last(segments_.size());
    else if (is_last_small)
        merge_last(2);
    vocabulary_.sort();
}

void Corpus::merge_last(std::size_t count) {
    std::vector<bool> is_alive;
    is_alive.reserve(documents_.size());
    for (const StoredDocument& document : documents_)
        is_alive.push_back(document.is_alive);
    const auto first = segments_.end() - static_cast<std::ptrdiff_t>(count);
    std::vector<Segment> parts;
    std::move(first, segments_.end(), std::back_inserter(parts));
    segments_.erase(first, segments_.end());
    segments_.push_back(Segment::merged(parts, is_alive));
}

// Starts over with the documents that are alive, so that words nobody uses any more go too.
void Corpus::compact() {
    Corpus fresh;
    for (const StoredDocument& old : documents_) {
        if (old.is_alive) fresh.put(old.document);
    }
    replace(std::move(fresh));
}

std::size_t Corpus::memory_bytes() const {
    std::size_t bytes = vocabulary_.memory_bytes() + derived_.memory_bytes();
    for (const Segment& segment : segments_)
        bytes += segment.memory_bytes();
    for (const StoredDocument& document : documents_) {
        bytes += sizeof(StoredDocument) + document.words.capacity() * sizeof(std::uint32_t) +
                 document.checkpoints.capacity() * sizeof(std::uint32_t);
    }
    return bytes;
}

}  // namespace ventanilla::search
