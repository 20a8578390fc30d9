#include "channel/event_stream.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace tocsin::channel {
namespace {

using Events = std::vector<std::pair<std::string, std::string>>;

// In pieces of every size, because a network cuts anywhere.
Events events_of(std::string_view bytes, std::size_t most = 1'000) {
  Events all;
  for (std::size_t piece = 1; piece <= bytes.size() + 1; ++piece) {
    Events events;
    EventStream stream{most, [&](std::string_view name, std::string_view data) {
                         events.emplace_back(name, data);
                       }};
    for (std::size_t at = 0; at < bytes.size(); at += piece) stream.add(bytes.substr(at, piece));
    if (piece > 1) {
      EXPECT_EQ(events, all) << piece;
    }
    all = events;
  }
  return all;
}

TEST(EventStream, SplitsAsTheStandardSays) {
  EXPECT_EQ(events_of("event:receive\ndata:{\"a\":1}\n\n:\n\ndata: one\ndata:  two\n\n"),
            (Events{{"receive", "{\"a\":1}"}, {"", "one\n two"}}));
  EXPECT_EQ(events_of("event: a\r\ndata: x\r\n\r\ndata: y\r\rdata: z\n\n"),
            (Events{{"a", "x"}, {"", "y"}, {"", "z"}}));
  EXPECT_EQ(events_of("data\n\n"), (Events{{"", ""}}));
  EXPECT_EQ(events_of("id: 7\nretry: 3\nother\n\ndata:x\n\n"), (Events{{"", "x"}}));
}

TEST(EventStream, HasNoEventBeforeItsEnd) {
  EXPECT_EQ(events_of("data: x\n"), Events{});
  EXPECT_EQ(events_of("event: receive\n\n"), Events{});
}

// A name belongs to its own event.
TEST(EventStream, ForgetsANameWithItsEvent) {
  EXPECT_EQ(events_of("event: a\n\ndata: x\n\n"), (Events{{"", "x"}}));
}

TEST(EventStream, SkipsAnEventThatIsTooLarge) {
  EXPECT_EQ(events_of("data: 0123456789\n\ndata: x\n\n", 12), (Events{{"", "x"}}));
  EXPECT_EQ(events_of("data: 01234\ndata: 56789\n\ndata: x\n\n", 15), (Events{{"", "x"}}));
}

}  // namespace
}  // namespace tocsin::channel
