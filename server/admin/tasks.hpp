#pragma once

#include <string>

#include "server/auth/password.hpp"
#include "server/auth/system.hpp"
#include "server/store/store.hpp"
#include "shared/base/json.hpp"

// What the command line can have done to a store, by name: in the server when one runs, directly
// otherwise. Each gives the text to print.

namespace ventanilla::admin {

struct TaskContext {
    store::Store& store;
    auth::Passwords& passwords;
    auth::Clock clock;
    Random& random;
    std::function<void(const Id& user)> sign_out;  // ends a person's sessions; may be empty
};

// Names: demo.step, kb.import, kb.export, kb.count, outage.publish, outage.update, outage.resolve, user.add,
// user.list, user.password. Errors: Invalid for an unknown name or arguments that make no sense, with a
// sentence in `detail`.
Result<std::string> run_task(const TaskContext& context, const std::string& name, const Json& args);

// One noun a file.
Result<std::string> take_play_step(const TaskContext& context,
                                   const Json& args);  // {as, do, args, made?}; gives an id
Result<std::string> import_kb(const TaskContext& context,
                              const Json& args);  // {folder, source?, lang?}
Result<std::string> export_kb(const TaskContext& context, const Json& args);       // {folder}
Result<std::string> count_help(const TaskContext& context, const Json& args);      // {}
Result<std::string> publish_outage(const TaskContext& context, const Json& args);  // {key}
Result<std::string> update_outage(const TaskContext& context, const Json& args);   // {key}
Result<std::string> resolve_outage(const TaskContext& context, const Json& args);  // {key}
Result<std::string> add_user(const TaskContext& context, const Json& args);
Result<std::string> list_users(const TaskContext& context, const Json& args);
Result<std::string> set_password(const TaskContext& context, const Json& args);

// Twelve letters and digits that a person can type: 60 bits.
std::string generated_password(Random& random);

}  // namespace ventanilla::admin
