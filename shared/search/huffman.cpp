#include "shared/search/huffman.hpp"

#include <algorithm>
#include <numeric>

namespace ventanilla::search {
namespace {

constexpr unsigned kTableBits = 11;

std::vector<std::uint32_t> by_code(const std::vector<std::uint8_t>& lengths) {
    std::vector<std::uint32_t> symbols;
    for (std::uint32_t symbol = 0; symbol < lengths.size(); ++symbol) {
        if (lengths[symbol] > 0) symbols.push_back(symbol);
    }
    std::stable_sort(symbols.begin(), symbols.end(), [&](std::uint32_t a, std::uint32_t b) {
        return lengths[a] < lengths[b];
    });
    return symbols;
}

// The depths of Huffman's tree over counts that ascend; two queues instead of a heap.
std::vector<unsigned> depths(const std::vector<std::uint64_t>& counts) {
    const std::size_t n = counts.size();
    std::vector<std::uint64_t> weight = counts;
    std::vector<std::size_t> parent(2 * n, 0);
    std::size_t leaf = 0;
    std::size_t inner = n;
    const auto lightest = [&] {
        const bool takes_leaf =
            leaf < n && (inner >= weight.size() || weight[leaf] <= weight[inner]);
        return takes_leaf ? leaf++ : inner++;
    };
    while (weight.size() < 2 * n - 1) {
        const std::size_t a = lightest();
        const std::size_t b = lightest();
        parent[a] = parent[b] = weight.size();
        weight.push_back(weight[a] + weight[b]);
    }
    std::vector<unsigned> depth(2 * n - 1, 0);
    for (std::size_t node = 2 * n - 2; node-- > 0;)
        depth[node] = depth[parent[node]] + 1;
    depth.resize(n);
    return depth;
}

}  // namespace

std::vector<std::uint8_t> code_lengths(const std::vector<std::uint32_t>& counts) {
    std::vector<std::uint32_t> symbols;
    for (std::uint32_t symbol = 0; symbol < counts.size(); ++symbol) {
        if (counts[symbol] > 0) symbols.push_back(symbol);
    }
    std::stable_sort(symbols.begin(), symbols.end(), [&](std::uint32_t a, std::uint32_t b) {
        return counts[a] < counts[b];
    });
    std::vector<std::uint8_t> lengths(counts.size(), 0);
    if (symbols.size() == 1) lengths[symbols.front()] = 1;
    if (symbols.size() < 2) return lengths;
    std::vector<std::uint64_t> weights;
    for (const std::uint32_t symbol : symbols)
        weights.push_back(counts[symbol]);
    std::vector<unsigned> depth = depths(weights);
    // A tree that is too deep is made again from flatter counts; that ends with all alike.
    while (depth.front() > kCodeBitsMax) {
        for (std::uint64_t& weight : weights)
            weight = (weight + 1) / 2;
        depth = depths(weights);
    }
    for (std::size_t i = 0; i < symbols.size(); ++i)
        lengths[symbols[i]] = static_cast<std::uint8_t>(depth[i]);
    return lengths;
}

HuffmanWriter::HuffmanWriter(const std::vector<std::uint8_t>& lengths)
    : lengths_(lengths), codes_(lengths.size(), 0) {
    std::uint32_t code = 0;
    unsigned length = 0;
    for (const std::uint32_t symbol : by_code(lengths)) {
        code <<= lengths[symbol] - length;
        length = lengths[symbol];
        codes_[symbol] = code++;
    }
}

Result<HuffmanReader> HuffmanReader::of(const std::vector<std::uint8_t>& lengths) {
    HuffmanReader reader;
    reader.ordered_ = by_code(lengths);
    reader.first_.assign(kCodeBitsMax + 2, 0);
    reader.begin_.assign(kCodeBitsMax + 2, 0);
    reader.table_.assign(std::size_t{1} << kTableBits, {});
    std::uint32_t code = 0;
    std::uint32_t at = 0;
    for (unsigned length = 1; length <= kCodeBitsMax; ++length) {
        code <<= 1U;
        reader.first_[length] = code;
        reader.begin_[length] = at;
        for (; at < reader.ordered_.size() && lengths[reader.ordered_[at]] == length;
             ++at, ++code) {
            if (code >> length != 0) return Error{Errc::Corrupt, "codes of the index overlap", {}};
            if (length > kTableBits) continue;
            const unsigned rest = kTableBits - length;
            for (std::uint32_t i = 0; i < (1U << rest); ++i)
                reader.table_[(code << rest) | i] = {reader.ordered_[at],
                                                     static_cast<std::uint8_t>(length)};
        }
    }
    if (at != reader.ordered_.size())
        return Error{Errc::Corrupt, "a code of the index is too long", {}};
    reader.begin_[kCodeBitsMax + 1] = at;
    return reader;
}

std::uint32_t HuffmanReader::get(BitReader& in) const {
    const Entry& entry = table_[in.peek(kTableBits)];
    if (entry.length == 0) return get_long(in);
    in.skip(entry.length);
    return entry.symbol;
}

std::uint32_t HuffmanReader::get_long(BitReader& in) const {
    for (unsigned length = kTableBits + 1; length <= kCodeBitsMax; ++length) {
        const std::uint32_t code = in.peek(length);
        const std::uint32_t count = begin_[length + 1] - begin_[length];
        if (code < first_[length] || code - first_[length] >= count) continue;
        in.skip(length);
        return ordered_[begin_[length] + code - first_[length]];
    }
    in.fail();
    return 0;
}

}  // namespace ventanilla::search
