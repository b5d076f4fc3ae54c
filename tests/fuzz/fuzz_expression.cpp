#include "shared/rules/expression.hpp"
#include "tests/fuzz/input.hpp"

// Text as an expression: refused, or with a value for every scope.

namespace {

using namespace ventanilla;

class Odd final : public rules::Scope {
  public:
    [[nodiscard]] Json field(std::string_view key) const override {
        if (key.size() % 3 == 0) return Json::array({std::string(key), 7});
        return key.size() % 3 == 1 ? Json("2026-03-11") : Json();
    }
    [[nodiscard]] Json user(std::string_view fact) const override { return fact; }
    [[nodiscard]] rules::Day today() const override { return *rules::parse_day("2026-03-11"); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto expression = rules::Expression::parse(fuzz::text_of(data, size));
    if (!expression) return 0;
    const Json value = expression->value(Odd{});
    fuzz::must(expression->is_true(Odd{}) == rules::is_true(value), "a condition is its value");
    return 0;
}
