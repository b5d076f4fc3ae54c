#pragma once

#include <cstddef>
#include <cstdint>

// Every bound of the product on one page, with its unit in its name and its reason beside it. Limits give
// backpressure: a queue that cannot grow cannot take the machine with it.

namespace ventanilla::limits {

// JSON from anywhere (security.md 1.5.2).
inline constexpr std::size_t kJsonDepthMax = 32;
inline constexpr std::size_t kJsonBytesMax = 4 * 1024 * 1024;  // a pull page; other callers pass less

// Texts people type, in bytes of UTF-8.
inline constexpr std::size_t kTitleBytesMax = 200;
inline constexpr std::size_t kCommentBytesMax = 20'000;  // a pasted log of 10,000 characters fits
inline constexpr std::size_t kFieldBytesMax = 20'000;
inline constexpr std::size_t kQueryBytesMax = 1'000;  // a longer search is cut, not refused
inline constexpr std::size_t kArticleBytesMax = 1024 * 1024;
inline constexpr std::size_t kSummaryBytesMax = 600;   // of an article, two or three sentences
inline constexpr std::size_t kKeywordsBytesMax = 600;
inline constexpr std::size_t kArticleItemsMax = 10;    // catalogue items beside an article

// What is noted of looking for help (ADR 18).
inline constexpr std::size_t kHelpEventsMax = 50;      // of one batch
inline constexpr std::size_t kSearchWordsBytesMax = 80;  // a longer question tells more about who asks than about us
inline constexpr int kGapPeopleMin = 3;  // who searched for it, before anybody sees that somebody did

// Forms: what a person can read and a phone can lay out; far above any real form.
inline constexpr std::size_t kFormSectionsMax = 32;
inline constexpr std::size_t kFormFieldsMax = 200;  // of the whole form
inline constexpr std::size_t kFieldOptionsMax = 500;
inline constexpr std::size_t kFieldValidatorsMax = 8;
inline constexpr int kSectionRepeatMax = 50;
inline constexpr std::size_t kFormKeyBytesMax = 64;
inline constexpr std::size_t kExpressionBytesMax = 2'000;
inline constexpr int kExpressionDepthMax = 16;

// Push (sync.md 2.4).
inline constexpr std::size_t kPushCommandsMax = 100;
inline constexpr std::size_t kPushBytesMax = 256 * 1024;
inline constexpr std::size_t kCommandBytesMax = 64 * 1024;

// Pull (sync.md 2.5).
inline constexpr std::size_t kPullRowsMax = 500;
inline constexpr std::size_t kPullBytesMax = 32 * 1024 * 1024;  // one change that imports a whole folder

// The device (sync.md 2.7 to 2.9).
inline constexpr std::size_t kOutboxCommandsMax = 500;
inline constexpr std::size_t kSegmentBytes = 256 * 1024;   // 256 KiB shards boot fastest, E10
inline constexpr std::int64_t kAckedRetentionDays = 35;    // 2.8: longer than any backup interval x 3
inline constexpr std::size_t kAckedCommandsMax = 5'000;
inline constexpr int kLoneFailuresMax = 20;                // lone 5xx before a command is quarantined

}  // namespace ventanilla::limits
