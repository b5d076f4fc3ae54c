#pragma once

#include <string>
#include <string_view>

#include "shared/base/time.hpp"

// Texts and times as the formats of feeds want them.

namespace ventanilla::public_status {

// `text` without the characters that no XML document may hold, escaped or not: most control
// characters, U+FFFE, U+FFFF. Broken UTF-8 becomes U+FFFD. Source: XML 1.0, section 2.2.
std::string xml_clean(std::string_view text);

// Ready to stand between tags or in an attribute.
std::string xml_text(std::string_view text);

// A CDATA section, or two where `text` would end one.
std::string cdata(std::string_view text);

// "Wed, 11 Mar 2026 14:20:05 GMT". Source: RFC 9110, section 5.6.7; what RSS expects too.
std::string http_date(Instant at);

// "urn:uuid:…" of 16 bytes.
std::string urn_uuid(std::string_view hex32);

}  // namespace ventanilla::public_status
