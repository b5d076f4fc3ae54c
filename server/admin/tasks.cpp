#include "server/admin/tasks.hpp"

#include <array>

#include "server/jobs/help_book.hpp"

namespace ventanilla::admin {
namespace {

struct Task {
    std::string_view name;
    Result<std::string> (*run)(const TaskContext&, const Json&);
};

constexpr auto kTasks = std::to_array<Task>({
    {"demo.step", take_play_step},
    {"kb.import", import_kb},
    {"kb.export", export_kb},
    {"kb.count", count_help},
    {"outage.publish", publish_outage},
    {"outage.update", update_outage},
    {"outage.resolve", resolve_outage},
    {"user.add", add_user},
    {"user.list", list_users},
    {"user.password", set_password},
});

}  // namespace

Result<std::string> count_help(const TaskContext& context, const Json&) {
    return jobs::keep_help_book(context.store, context.clock());
}

Result<std::string> run_task(const TaskContext& context,
                             const std::string& name,
                             const Json& args) {
    for (const Task& task : kTasks) {
        if (task.name == name) return task.run(context, args);
    }
    return invalid("there is no task called " + name);
}

}  // namespace ventanilla::admin
