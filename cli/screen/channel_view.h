// How channels look: a list of all, and what came of a test of one (tocsin-channel(1)). No address
// is shown.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/allowance.h"
#include "contact/channel.h"
#include "control/contact_tests.h"
#include "control/testing.h"
#include "roster/people/roster.h"
#include "screen/output.h"

namespace tocsin::cli {

struct ChannelShown {
  const contact::Channel& channel;
  std::string_view state;           // "configured"
  std::optional<base::Rate> limit;  // of those that are configured and have one
  std::vector<control::TestedPoint> last_test{};
};
void print_channels(Output& out, Form form, const std::vector<ChannelShown>& channels);

struct TestShown {
  std::string_view channel;
  const roster::Roster& roster;
};
// Whom a test would write to.
void print_test_plan(Output& out, Form form, const TestShown& shown,
                     const control::TestScope& scope, const std::optional<base::Rate>& limit);
// What came of one.
void print_test(Output& out, Form form, const TestShown& shown,
                const std::vector<control::TestedPoint>& points, std::size_t stopped);

// "last test 2026-11-22 14:05: answered after 40 s".
std::string tested_in_words(const control::TestedPoint& point);

}  // namespace tocsin::cli
