#include "tests/fuzz/input.hpp"
#include "tests/unit/support_world.hpp"

// A list of commands by several people, as [{"by": 0..5, "type": …, "args": …}, …] with "$1" for
// the entity of the second command: whatever is decided, every row that comes of it can be read.

namespace {

using namespace ventanilla;
using commands::World;

void check_rows(const World& world) {
    for (const auto& [ref, kept] : world.rows) {
        const bool is_readable =
            (ref.type != domain::RowType::Request || domain::request_from(kept.row)) &&
            (ref.type != domain::RowType::Comment || domain::comment_from(kept.row)) &&
            (ref.type != domain::RowType::Outage || domain::outage_from(kept.row)) &&
            (ref.type != domain::RowType::Affected || domain::affected_from(kept.row));
        fuzz::must(is_readable, "what was decided can be read");
        fuzz::must(!kept.audiences.empty(), "every row has an audience");
    }
}

// "$3" stands for the entity of the fourth command, so that inputs need no hashes.
void fill_in(Json& args, const std::vector<Id>& entities) {
    if (!args.is_object()) return;
    for (auto& [key, value] : args.items()) {
        if (!value.is_string()) continue;
        const auto& text = value.get_ref<const std::string&>();
        if (text.size() != 2 || text[0] != '$') continue;
        const auto at = static_cast<std::size_t>(static_cast<unsigned char>(text[1] - '0'));
        if (at < entities.size()) value = to_text(entities[at]);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto steps = parse_json(fuzz::text_of(data, size), 64 * 1024);
    if (!steps || !steps->is_array() || steps->size() > 20) return 0;
    World world = commands::company();
    const commands::Actor people[] = {commands::lucia(),
                                      commands::owen(),
                                      commands::diego(),
                                      commands::rosa(),
                                      commands::carla(),
                                      commands::ana()};
    std::vector<Id> entities;
    for (const Json& step : *steps) {
        const auto by =
            static_cast<std::size_t>(uint_at(step, "by").value_or(0) % std::size(people));
        Json args = member(step, "args");
        fill_in(args, entities);
        const commands::Command command = world.command(text_or(step, "type"), std::move(args));
        const auto entity = commands::entity_of(command);
        entities.push_back(entity ? entity->id : Id{});
        world.now += std::chrono::minutes(1);
        (void)world.run(people[by], command);
        fuzz::must(!world.run(people[by], command).valueless_by_exception(),
                   "a replay is decided too");
    }
    check_rows(world);
    return 0;
}
