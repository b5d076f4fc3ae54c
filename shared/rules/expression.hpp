#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/json.hpp"
#include "shared/rules/dates.hpp"

// The language of conditions in forms. Total, pure and bounded: every expression that parses has a
// value for every scope, nothing in it can loop or read the world. Source: domain.md 4.5.
//
//   field.device eq 'laptop' and not empty field.serial        conditions read as sentences,
//   and(eq(field.device, 'laptop'), not(empty(field.serial)))  or as functions: both are the same
//   field.cost gt 1500      user.site in ['madrid', 'austin']      field.tags contains 'vpn'
//   count(field.people) ge 2      field.code matches 'AA999'      field.from lt today()+5wd
//
// Literals: 'text' (a quote inside twice), numbers, true, false, [lists]. `today()` is the person's
// day; +Nd and +Nwd (-Nd, -Nwd) move a day by days or working days. `field.people` is the list of a
// repeated section's entries; a field inside one is its value in the same entry, or the list of all
// seen from elsewhere.
//
// Meaning: what is empty (nothing, blank text, empty list, everything hidden) equals only what is
// empty, and is never less or greater than anything. Numbers compare as decimals, days and other
// text by their characters. A value used as a condition is true when it is `true`, or not empty and
// not `false`.

namespace ventanilla::rules {

// What the names of an expression stand for.
class Scope {
  public:
    virtual ~Scope() = default;
    [[nodiscard]] virtual Json field(
        std::string_view key) const = 0;  // null: empty, hidden or unknown
    [[nodiscard]] virtual Json user(std::string_view fact) const = 0;  // null: unknown
    [[nodiscard]] virtual Day today() const = 0;
};

class Expression {
  public:
    // Errors: Invalid with the byte at fault in `detail`; also when longer than
    // limits::kExpressionBytesMax or deeper than limits::kExpressionDepthMax.
    static Result<Expression> parse(std::string_view text);

    [[nodiscard]] Json value(const Scope& scope) const;
    [[nodiscard]] bool is_true(const Scope& scope) const;

    // Keys it reads, each once, in order of their names.
    [[nodiscard]] const std::vector<std::string>& fields() const { return fields_; }
    [[nodiscard]] const std::vector<std::string>& user_facts() const { return user_facts_; }

  private:
    friend class ExpressionParser;

    enum class Op : std::uint8_t {
        Literal,
        List,
        Field,
        User,
        Today,
        Days,
        WorkingDays,
        Eq,
        Ne,
        Lt,
        Le,
        Gt,
        Ge,
        In,
        Contains,
        Matches,
        Empty,
        And,
        Or,
        Not,
        Count,
    };
    struct Node {
        Op op = Op::Literal;
        Json literal;  // of Literal; of Field and User the name; of Days and WorkingDays the number
        std::vector<std::uint32_t> parts;
    };

    [[nodiscard]] Json value_of(std::uint32_t node, const Scope& scope) const;

    std::vector<Node> nodes_;
    std::uint32_t root_ = 0;
    std::vector<std::string> fields_;
    std::vector<std::string> user_facts_;
};

// The meanings above, for those who apply them without an expression.
bool is_empty(const Json& value);
bool is_true(const Json& value);
bool is_equal(const Json& a, const Json& b);
bool is_less(const Json& a, const Json& b);  // false when either is empty or they do not compare

}  // namespace ventanilla::rules
