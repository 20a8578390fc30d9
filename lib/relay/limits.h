// Every bound of a relay, in one place; tocsin-relay(5), LIMITS and FAILURES, tells the same
// figures to those who write clients. What is bounded by whom stands beside it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/instant.h"

namespace tocsin::relay::limits {

// Of one connection, in seconds unless it says otherwise.
inline constexpr std::uint32_t kMostHeadBytes = 8'192;
inline constexpr double kHeadSeconds = 10;
inline constexpr double kFirstRequestSeconds = 10;
inline constexpr double kIdleSeconds = 75;
inline constexpr double kWriteSeconds = 30;
inline constexpr double kLingerSeconds = 2;
inline constexpr std::uint32_t kMostLingerBytes = 8U << 20;
// One bar of signal: a body may come as slowly as this.
inline constexpr double kBodyBytesPerSecond = 64 * 1'024;

// Of all connections together.
inline constexpr std::size_t kMostBodies = 64U << 20;  // bytes under way at once
inline constexpr std::chrono::milliseconds kBetweenSweeps{250};
// Descriptors for the store, the listener and what the program around an embedded relay has open.
inline constexpr std::size_t kSpareDescriptors = 64;

// Of mailboxes.
inline constexpr std::size_t kBusyMailbox = 200'000;  // an organisation's, or one open to devices
inline constexpr std::size_t kMailbox = 256;
inline constexpr base::Milliseconds kLongestLife = std::chrono::days{7};
inline constexpr double kBetweenExpiries = 60;  // seconds

// Of readers that wait.
inline constexpr std::size_t kMostWaitingPerMailbox = 4;
inline constexpr std::size_t kMostStrangersWaiting = 1'024;

// Of writes that share a commit: as many messages do not wait for the disk to finish the last one.
inline constexpr std::size_t kFullGroup = 64;
inline constexpr std::uint64_t kLongLogBytes = 128ULL << 20;
inline constexpr std::chrono::milliseconds kBetweenUpkeeps{1'000};

// Of stopping: so long may clients take to hear their last answer.
inline constexpr double kSeeOffSeconds = 2;

}  // namespace tocsin::relay::limits
