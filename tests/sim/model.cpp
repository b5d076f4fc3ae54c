#include "tests/sim/model.hpp"

#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::sim {

std::vector<domain::RowRef> Model::refs(const Id& user) const {
    const std::vector<domain::Audience> held = actor(user).audiences();
    std::vector<domain::RowRef> out;
    for (const auto& [ref, row] : rows_)
        if (intersects(row.audiences, held)) out.push_back(ref);
    return out;
}

std::uint64_t Model::projection(const Id& user) const {
    std::uint64_t sum = 0;
    for (const domain::RowRef& ref : refs(user)) {
        const Shared& row = rows_.at(ref);
        sum += hash64(concat(to_text(ref), ':', row.ver, ':', dump_json(row.body)));
    }
    return sum;
}

}  // namespace ventanilla::sim
