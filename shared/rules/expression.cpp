#include "shared/rules/expression.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "shared/base/text.hpp"
#include "shared/rules/decimal.hpp"
#include "shared/rules/words.hpp"

namespace ventanilla::rules {

bool is_empty(const Json& value) {
    if (value.is_null()) return true;
    if (value.is_string()) return trimmed(value.get_ref<const std::string&>()).empty();
    return value.is_structured() && value.empty();
}

bool is_true(const Json& value) {
    return value.is_boolean() ? value.get<bool>() : !is_empty(value);
}

bool is_equal(const Json& a, const Json& b) {
    if (is_empty(a) || is_empty(b)) return is_empty(a) && is_empty(b);
    if (a.is_array() && b.is_array())
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), is_equal);
    if (a.is_number() || b.is_number()) {
        const std::optional<Decimal> x = decimal_of(a);
        const std::optional<Decimal> y = decimal_of(b);
        return x && y && *x == *y;
    }
    return a == b;
}

bool is_less(const Json& a, const Json& b) {
    if (is_empty(a) || is_empty(b)) return false;
    const std::optional<Decimal> x = decimal_of(a);
    const std::optional<Decimal> y = decimal_of(b);
    if (x && y) return *x < *y;
    if (!a.is_string() || !b.is_string()) return false;
    return a.get_ref<const std::string&>() < b.get_ref<const std::string&>();
}

namespace {

bool has_element(const Json& list, const Json& value) {
    return std::any_of(
        list.begin(), list.end(), [&value](const Json& item) { return is_equal(item, value); });
}

bool does_contain(const Json& whole, const Json& part) {
    if (is_empty(whole) || is_empty(part)) return false;
    if (whole.is_array()) return has_element(whole, part);
    if (!whole.is_string() || !part.is_string()) return false;
    return whole.get_ref<const std::string&>().find(part.get_ref<const std::string&>()) !=
           std::string::npos;
}

bool does_match(const Json& text, const Json& mask) {
    if (!text.is_string() || !mask.is_string()) return false;
    return fits_mask(text.get_ref<const std::string&>(), mask.get_ref<const std::string&>());
}

int count_of(const Json& value) {
    if (is_empty(value)) return 0;
    return value.is_array() ? static_cast<int>(value.size()) : 1;
}

Json moved(const Json& day, int count, bool is_working) {
    if (!day.is_string()) return nullptr;
    const std::optional<Day> from = parse_day(day.get_ref<const std::string&>());
    if (!from) return nullptr;
    return to_text(is_working ? plus_working_days(*from, count) : plus_days(*from, count));
}

}  // namespace

Json Expression::value_of(std::uint32_t index, const Scope& scope) const {
    const Node& node = nodes_[index];
    const auto part = [&](std::size_t i) { return value_of(node.parts[i], scope); };
    const auto truth = [&](std::uint32_t i) { return rules::is_true(value_of(i, scope)); };
    switch (node.op) {
        case Op::Literal: return node.literal;
        case Op::Field: return scope.field(node.literal.get_ref<const std::string&>());
        case Op::User: return scope.user(node.literal.get_ref<const std::string&>());
        case Op::Today: return to_text(scope.today());
        case Op::Days: return moved(part(0), node.literal.get<int>(), false);
        case Op::WorkingDays: return moved(part(0), node.literal.get<int>(), true);
        case Op::Eq: return is_equal(part(0), part(1));
        case Op::Ne: return !is_equal(part(0), part(1));
        case Op::Lt: return is_less(part(0), part(1));
        case Op::Gt: return is_less(part(1), part(0));
        case Op::In: return does_contain(part(1), part(0));
        case Op::Contains: return does_contain(part(0), part(1));
        case Op::Matches: return does_match(part(0), part(1));
        case Op::Empty: return is_empty(part(0));
        case Op::Not: return !truth(node.parts[0]);
        case Op::Count: return count_of(part(0));
        case Op::And: return std::all_of(node.parts.begin(), node.parts.end(), truth);
        case Op::Or: return std::any_of(node.parts.begin(), node.parts.end(), truth);
        case Op::Le:
        case Op::Ge: {
            const Json a = part(0);
            const Json b = part(1);
            if (is_empty(a) || is_empty(b)) return false;
            return is_equal(a, b) || (node.op == Op::Le ? is_less(a, b) : is_less(b, a));
        }
        case Op::List: {
            Json list = Json::array();
            for (const std::uint32_t item : node.parts)
                list.push_back(value_of(item, scope));
            return list;
        }
    }
    return nullptr;
}

Json Expression::value(const Scope& scope) const {
    return value_of(root_, scope);
}
bool Expression::is_true(const Scope& scope) const {
    return rules::is_true(value(scope));
}

// Recursive descent, one method to a level of the grammar:
//   any = all {"or" all}      all = no {"and" no}      no = "not" no | compared
//   compared = moved [operator moved]      moved = primary {("+"|"-") number ("d"|"wd")}
//   primary = literal | list | field.key | user.fact | today() | function(any, …) | "empty" moved |
//             "count" moved | "(" any ")"
class ExpressionParser {
  public:
    explicit ExpressionParser(std::string_view text) : text_(text) {}

    Result<Expression> parse() {
        if (text_.size() > limits::kExpressionBytesMax) return invalid("expression too long");
        next();
        out_.root_ = TRY(any());
        if (kind_ != Kind::End) return wrong("nothing more expected");
        out_.fields_.assign(fields_.begin(), fields_.end());
        out_.user_facts_.assign(facts_.begin(), facts_.end());
        return std::move(out_);
    }

  private:
    using Op = Expression::Op;
    enum class Kind : std::uint8_t { End, Word, Text, Number, Mark, Broken };
    struct Function {
        std::string_view name;
        Op op;
        std::size_t least, most;  // arguments
    };

    static constexpr auto kFunctions = std::to_array<Function>({
        {"eq", Op::Eq, 2, 2},
        {"ne", Op::Ne, 2, 2},
        {"lt", Op::Lt, 2, 2},
        {"le", Op::Le, 2, 2},
        {"gt", Op::Gt, 2, 2},
        {"ge", Op::Ge, 2, 2},
        {"in", Op::In, 2, 2},
        {"contains", Op::Contains, 2, 2},
        {"matches", Op::Matches, 2, 2},
        {"empty", Op::Empty, 1, 1},
        {"count", Op::Count, 1, 1},
        {"not", Op::Not, 1, 1},
        {"and", Op::And, 2, 64},
        {"or", Op::Or, 2, 64},
    });

    static const Function* function(std::string_view name) {
        const auto found = std::find_if(kFunctions.begin(),
                                        kFunctions.end(),
                                        [name](const Function& each) { return each.name == name; });
        return found == kFunctions.end() ? nullptr : &*found;
    }

    static bool is_operator(std::string_view word) {
        const Function* known = function(word);
        return known != nullptr && known->least == 2 && known->most == 2;
    }

    [[nodiscard]] Error wrong(std::string_view what) const {
        return invalid(concat("at byte ", start_, ": ", what));
    }

    // ---- words ----

    static bool is_word_char(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }

    void take_while(bool (*belongs)(char)) {
        while (at_ < text_.size() && belongs(text_[at_]))
            ++at_;
        word_ = text_.substr(start_, at_ - start_);
    }

    void take_text(char quote) {
        kind_ = Kind::Broken;
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] != quote) {
                quoted_.push_back(text_[at_]);
                continue;
            }
            const bool is_doubled = at_ + 1 < text_.size() && text_[at_ + 1] == quote;
            if (!is_doubled) {
                ++at_;
                kind_ = Kind::Text;
                return;
            }
            quoted_.push_back(quote);
            ++at_;
        }
    }

    void next() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t'))
            ++at_;
        start_ = at_;
        quoted_.clear();
        word_ = {};
        kind_ = Kind::End;
        if (at_ >= text_.size()) return;
        const char c = text_[at_];
        if (c >= 'a' && c <= 'z') {
            kind_ = Kind::Word;
            take_while(is_word_char);
        } else if (c >= '0' && c <= '9') {
            kind_ = Kind::Number;
            take_while([](char d) { return (d >= '0' && d <= '9') || d == '.'; });
        } else if (c == '\'' || c == '"') {
            take_text(c);
        } else {
            kind_ = Kind::Mark;
            word_ = text_.substr(at_++, 1);
        }
    }

    [[nodiscard]] bool is_mark(char mark) const { return kind_ == Kind::Mark && word_[0] == mark; }
    [[nodiscard]] bool is_word(std::string_view word) const {
        return kind_ == Kind::Word && word_ == word;
    }

    Status expect(char mark) {
        if (!is_mark(mark)) return wrong(concat("'", mark, "' expected"));
        next();
        return ok();
    }

    // ---- grammar ----

    // Goes one level down; comes up again by itself.
    struct Level {
        explicit Level(int& depth) : depth_(depth) { ++depth_; }
        ~Level() { --depth_; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;
        int& depth_;
    };

    std::uint32_t add(Op op, std::vector<std::uint32_t> parts, Json literal = nullptr) {
        out_.nodes_.push_back({op, std::move(literal), std::move(parts)});
        return static_cast<std::uint32_t>(out_.nodes_.size() - 1);
    }

    // One operand, or several joined by `word`.
    Result<std::uint32_t> joined(std::string_view word,
                                 Op op,
                                 Result<std::uint32_t> (ExpressionParser::*operand)()) {
        std::vector<std::uint32_t> parts{TRY((this->*operand)())};
        while (is_word(word)) {
            next();
            parts.push_back(TRY((this->*operand)()));
        }
        return parts.size() == 1 ? parts[0] : add(op, std::move(parts));
    }

    Result<std::uint32_t> any() {
        const Level level(depth_);
        if (depth_ > limits::kExpressionDepthMax) return wrong("nested too deeply");
        return joined("or", Op::Or, &ExpressionParser::all);
    }

    Result<std::uint32_t> all() { return joined("and", Op::And, &ExpressionParser::no); }

    Result<std::uint32_t> no() {
        if (!is_word("not")) return compared();
        const Level level(depth_);
        if (depth_ > limits::kExpressionDepthMax) return wrong("nested too deeply");
        next();
        return add(Op::Not, {TRY(no())});
    }

    Result<std::uint32_t> compared() {
        const std::uint32_t left = TRY(shifted());
        if (kind_ != Kind::Word || !is_operator(word_)) return left;
        const Op op = function(word_)->op;
        next();
        return add(op, {left, TRY(shifted())});
    }

    Result<std::uint32_t> shifted() {
        std::uint32_t from = TRY(primary());
        for (int moves = 1; is_mark('+') || is_mark('-'); ++moves) {
            if (moves > limits::kExpressionDepthMax) return wrong("moved too often");
            const bool is_back = is_mark('-');
            next();
            if (kind_ != Kind::Number || word_.size() > 4 ||
                word_.find('.') != std::string_view::npos)
                return wrong("a number of days expected");
            int days = 0;
            for (const char digit : word_)
                days = days * 10 + (digit - '0');
            next();
            if (!is_word("d") && !is_word("wd")) return wrong("d or wd expected");
            const Op op = is_word("d") ? Op::Days : Op::WorkingDays;
            next();
            from = add(op, {from}, is_back ? -days : days);
        }
        return from;
    }

    Result<std::uint32_t> primary() {
        switch (kind_) {
            case Kind::Text: {
                const std::uint32_t text = add(Op::Literal, {}, quoted_);
                next();
                return text;
            }
            case Kind::Number: return number();
            case Kind::Word: return named();
            case Kind::Broken: return wrong("the text does not end");
            case Kind::End: return wrong("something is missing at the end");
            case Kind::Mark: break;
        }
        if (is_mark('[')) return list();
        if (is_mark('-')) {
            next();
            return number(true);
        }
        (void)TRY(expect('('));
        const std::uint32_t inner = TRY(any());
        (void)TRY(expect(')'));
        return inner;
    }

    Result<std::uint32_t> number(bool is_negative = false) {
        const std::string digits = concat(is_negative ? "-" : "", word_);
        if (kind_ != Kind::Number || !parse_decimal(digits)) return wrong("not a number");
        Result<Json> value = parse_json(digits, digits.size());
        if (!value) return wrong("not a number");  // such as 007
        next();
        return add(Op::Literal, {}, std::move(*value));
    }

    Result<std::uint32_t> list() {
        next();
        std::vector<std::uint32_t> items;
        while (!is_mark(']')) {
            if (!items.empty()) (void)TRY(expect(','));
            items.push_back(TRY(any()));
        }
        next();
        return add(Op::List, std::move(items));
    }

    Result<std::uint32_t> named() {
        const std::string_view word = word_;
        const std::size_t word_at = start_;
        next();
        if (word == "true" || word == "false") return add(Op::Literal, {}, word == "true");
        if (word == "field" || word == "user") return name_of(word == "field");
        if (word == "today") {
            (void)TRY(expect('('));
            (void)TRY(expect(')'));
            return add(Op::Today, {});
        }
        const Function* known = function(word);
        if (known != nullptr && is_mark('(')) return call(*known);
        if (known != nullptr && known->most == 1) {
            const Level level(depth_);
            if (depth_ > limits::kExpressionDepthMax) return wrong("nested too deeply");
            return add(known->op, {TRY(shifted())});
        }
        start_ = word_at;
        return wrong(concat("unknown word: ", word));
    }

    Result<std::uint32_t> name_of(bool is_field) {
        (void)TRY(expect('.'));
        if (kind_ != Kind::Word) return wrong("a name expected");
        std::string name(word_);
        next();
        (is_field ? fields_ : facts_).insert(name);
        return add(is_field ? Op::Field : Op::User, {}, std::move(name));
    }

    Result<std::uint32_t> call(const Function& known) {
        next();
        std::vector<std::uint32_t> arguments;
        while (!is_mark(')')) {
            if (!arguments.empty()) (void)TRY(expect(','));
            arguments.push_back(TRY(any()));
        }
        if (arguments.size() < known.least || arguments.size() > known.most)
            return wrong(concat("another number of arguments for ", known.name));
        next();
        return add(known.op, std::move(arguments));
    }

    std::string_view text_;
    std::size_t at_ = 0;     // of what comes after the present word
    std::size_t start_ = 0;  // of the present word
    Kind kind_ = Kind::End;
    std::string_view word_;
    std::string quoted_;
    int depth_ = 0;
    Expression out_;
    std::set<std::string> fields_;
    std::set<std::string> facts_;
};

Result<Expression> Expression::parse(std::string_view text) {
    return ExpressionParser(text).parse();
}

}  // namespace ventanilla::rules
