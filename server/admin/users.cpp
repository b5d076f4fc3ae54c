#include <algorithm>
#include <array>

#include "server/admin/tasks.hpp"
#include "server/store/accounts.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/person.hpp"

// `ventanilla user add|list|password`.

namespace ventanilla::admin {
namespace {

// Without letters and digits that look alike.
constexpr std::string_view kTypeable = "abcdefghijkmnpqrstuvwxyz23456789";

std::vector<std::string> texts_of(const Json& list) {
    std::vector<std::string> texts;
    if (!list.is_array()) return texts;
    for (const Json& one : list) {
        if (one.is_string()) texts.push_back(one.get<std::string>());
    }
    return texts;
}

Result<domain::Roles> roles_of(const Json& names) {
    domain::Roles roles{domain::Role::Requester};
    for (const std::string& name : texts_of(names)) {
        const auto role = domain::role(name);
        if (!role) return invalid("there is no role called " + name, "roles");
        roles.add(*role);
    }
    return roles;
}

std::string names_of(const domain::Roles& roles) {
    std::string names;
    for (std::uint16_t bit = 1; bit <= 512; bit = static_cast<std::uint16_t>(bit * 2)) {
        const auto role = static_cast<domain::Role>(bit);
        if (!roles.has(role)) continue;
        if (!names.empty()) names += ' ';
        names += domain::name(role);
    }
    return names;
}

Result<Id> site_of(const store::Snapshot& snapshot, const std::string& key) {
    if (key.empty()) return Id{};
    for (const domain::Row& row : snapshot.rows(domain::RowType::Site)) {
        if (text_or(row.body, "key") == key) return row.ref.id;
    }
    return invalid("there is no site called " + key, "site");
}

std::string padded_to(std::string text, std::size_t width) {
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++characters)
        (void)next_code_point(text, at);
    if (characters < width) text.append(width - characters, ' ');
    return text + "  ";
}

}  // namespace

std::string generated_password(Random& random) {
    std::string password;
    for (int i = 0; i < 14; ++i) {
        if (i == 4 || i == 9) {
            password.push_back('-');
        } else {
            password.push_back(kTypeable[random.below(kTypeable.size())]);
        }
    }
    return password;
}

Result<std::string> add_user(const TaskContext& context, const Json& args) {
    domain::User user;
    user.id = random_id(context.random);
    user.login = TRY(text_at(args, "login", limits::kTitleBytesMax));
    user.display_name = text_or(args, "name", user.login);
    user.email = text_or(args, "email");
    user.lang = domain::lang_of(text_or(args, "lang", "es"));
    user.time_zone = text_or(args, "time_zone", "Europe/Madrid");
    user.roles = TRY(roles_of(member(args, "roles")));
    user.desks = texts_of(member(args, "desks"));
    const std::string given = text_or(args, "password");
    const std::string password = given.empty() ? generated_password(context.random) : given;
    TRY(auth::check_new_password(password));
    const std::string hash = TRY(context.passwords.hash(password));
    const auto job = [&](store::Transaction& transaction) -> Status {
        if (transaction.user_of_login(user.login))
            return Error{
                Errc::Conflict, "there is somebody called " + user.login + " already", "login"};
        user.site = TRY(site_of(transaction, text_or(args, "site")));
        return store::put_account(transaction, user, hash, context.clock());
    };
    TRY(context.store.write(job));
    if (given.empty()) return concat("added ", user.login, ", password ", password, "\n");
    return concat("added ", user.login, "\n");
}

Result<std::string> list_users(const TaskContext& context, const Json&) {
    std::vector<domain::User> users;
    const auto job = [&](const store::Snapshot& snapshot) {
        for (const domain::Row& row : snapshot.rows(domain::RowType::User)) {
            if (auto user = domain::user_from(row)) users.push_back(std::move(user).value());
        }
        return ok();
    };
    TRY(context.store.read(job));
    std::sort(
        users.begin(), users.end(), [](const auto& a, const auto& b) { return a.login < b.login; });
    std::string text;
    for (const domain::User& user : users) {
        text += padded_to(user.login, 12) + padded_to(user.display_name, 22) + names_of(user.roles);
        text += user.is_active ? "\n" : " (not active)\n";
    }
    return text.empty() ? "nobody yet\n" : text;
}

Result<std::string> set_password(const TaskContext& context, const Json& args) {
    const std::string login = TRY(text_at(args, "login", limits::kTitleBytesMax));
    const std::string given = text_or(args, "password");
    const std::string password = given.empty() ? generated_password(context.random) : given;
    TRY(auth::check_new_password(password));
    const std::string hash = TRY(context.passwords.hash(password));
    Id user;
    const auto job = [&](store::Transaction& transaction) -> Status {
        const auto found = transaction.user_of_login(login);
        if (!found) return Error{Errc::NotFound, "there is nobody called " + login, "login"};
        user = *found;
        transaction.put_credential({.user = user, .hash = hash, .must_change = false});
        return ok();
    };
    TRY(context.store.write(job));
    if (context.sign_out) context.sign_out(user);
    if (given.empty()) return concat("new password of ", login, ": ", password, "\n");
    return concat("the password of ", login, " is changed; all sessions ended\n");
}

}  // namespace ventanilla::admin
