#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

// Calendar days and times as forms write them: no zone, because a form asks for what stands on the
// wall.

namespace ventanilla::rules {

using Day = std::chrono::sys_days;

// "2026-03-11", years 1900 to 9999; nothing else.
std::optional<Day> parse_day(std::string_view text);
std::string to_text(Day day);

// "09:30", 24 hours.
bool is_time(std::string_view text);

// "2026-03-11T09:30"; seconds are cut off.
std::optional<std::string> local_time(std::string_view text);

// `count` days on, negative: back. Working days are Monday to Friday; office calendars come later.
Day plus_days(Day day, int count);
Day plus_working_days(Day day, int count);

// Minutes of "90", "1:30", "1h 30m", "2 h", "45m"; at most a year.
std::optional<int> duration_minutes(std::string_view text);

}  // namespace ventanilla::rules
