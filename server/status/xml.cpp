#include "server/status/xml.hpp"

#include "server/content/html.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::public_status {
namespace {

bool is_allowed(char32_t c) {
    if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
    return c != 0xFFFE && c != 0xFFFF;
}

}  // namespace

std::string xml_clean(std::string_view text) {
    std::string clean;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (is_allowed(c)) append_utf8(clean, c);
    }
    return clean;
}

std::string xml_text(std::string_view text) {
    return content::escaped(xml_clean(text));
}

std::string cdata(std::string_view text) {
    const std::string clean = xml_clean(text);
    std::string_view rest = clean;
    std::string out = "<![CDATA[";
    for (std::size_t end = rest.find("]]>"); end != std::string_view::npos;
         end = rest.find("]]>")) {
        out += concat(rest.substr(0, end + 2), "]]><![CDATA[");
        rest.remove_prefix(end + 2);
    }
    return concat(out, rest, "]]>");
}

std::string http_date(Instant at) {
    constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr const char* kMonths[] = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::string clock = iso8601(at).substr(11, 8);
    return concat(kDays[std::chrono::weekday{day}.c_encoding()],
                  ", ",
                  padded(static_cast<int>(static_cast<unsigned>(date.day())), 2),
                  " ",
                  kMonths[static_cast<unsigned>(date.month()) - 1],
                  " ",
                  static_cast<int>(date.year()),
                  " ",
                  clock,
                  " GMT");
}

std::string urn_uuid(std::string_view hex32) {
    return concat("urn:uuid:",
                  hex32.substr(0, 8),
                  "-",
                  hex32.substr(8, 4),
                  "-",
                  hex32.substr(12, 4),
                  "-",
                  hex32.substr(16, 4),
                  "-",
                  hex32.substr(20));
}

}  // namespace ventanilla::public_status
