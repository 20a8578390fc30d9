// Every limit of a relay, in one place. tocsin-relay(5), LIMITS and FAILURES, has the same figures
// for those who write clients.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/allowance.h"
#include "base/instant.h"

namespace tocsin::relay::limits {

// Of one connection, in seconds of real time.
struct Patience {
  double head_seconds = 10;  // for a request's head; the first time, from the accept
  // A body has the time of a head and a second more for each so many bytes: a weak mobile
  // connection is fast enough.
  double body_bytes_per_second = 64 * 1'024;
  double idle_seconds = 75;
  double write_seconds = 30;
  double linger_seconds = 2;
};
inline constexpr std::uint32_t kMostHeadBytes = 8'192;
inline constexpr std::uint32_t kMostLingerBytes = 8U << 20;
inline constexpr int kMostRefusals = 32;  // in a row; then the connection ends

// Limits of all connections together.
inline constexpr std::size_t kMostBodies = 64U << 20;  // bytes in memory at once
inline constexpr std::chrono::milliseconds kBetweenSweeps{250};
inline constexpr int kMostAccepts = 64;            // at once; then others have a turn
inline constexpr std::size_t kMostOverseers = 16;  // connections for /metrics
// Descriptors for the store, the listener, and the program around an embedded relay.
inline constexpr std::size_t kSpareDescriptors = 64;

// Of senders: base/allowance.h.
using base::Rate;
inline constexpr Rate kDeviceMessages{60, 1};
inline constexpr Rate kInvitationMessages{8, 0.1};
inline constexpr Rate kOrganisationRequests{10'000, 1'000};  // coordinators, and who reads for them
inline constexpr Rate kMemberRequests{600, 10};              // devices and invitations
inline constexpr Rate kStrangerRequests{60, 2};              // keys that nobody vouches for
// Of all keys together that have not proven themselves before. Checking a proof takes 100 µs, so
// this rate leaves more than half of a processor to known keys. It lets all phones of a region come
// at once.
inline constexpr Rate kFirstProofs{12'000, 4'000};
inline constexpr std::size_t kMostSenders = 65'536;       // to remember: about 8 MB
inline constexpr std::size_t kMostCertificates = 32'768;  // about 12 MB

// Limits of mailboxes.
inline constexpr std::size_t kBusyMailbox = 200'000;  // an organisation's, or one open to devices
inline constexpr std::size_t kMailbox = 256;
inline constexpr base::Milliseconds kLongestLife = std::chrono::days{7};
inline constexpr double kBetweenExpiries = 60;  // seconds

// Limits of readers that wait.
inline constexpr std::size_t kMostWaitingPerMailbox = 4;
inline constexpr std::size_t kMostStrangersWaiting = 1'024;

// Of writes that share a commit. A group of this many messages does not wait for the sync before
// it.
inline constexpr std::size_t kFullGroup = 64;
inline constexpr std::uint64_t kLongLogBytes = 128ULL << 20;
inline constexpr std::chrono::milliseconds kBetweenUpkeeps{1'000};

// Of stopping: how long clients may take to read their last answer.
inline constexpr double kSeeOffSeconds = 2;

}  // namespace tocsin::relay::limits
