#include "channel/content.h"

#include <gtest/gtest.h>

#include <type_traits>

#include "channel/channel.h"

namespace tocsin::channel {
namespace {

template <class Of, class Message>
concept Takes = requires(Of& carrier, std::span<const Message> batch) {
  carrier.send(batch);
};

template <Class kClass, class Content>
constexpr bool kTakes = Takes<Carrier<kClass>, Outgoing<Content>>;

TEST(Content, OfASealedChannelIsAnEnvelope) {
  EXPECT_TRUE((kTakes<Class::sealed, Sealed>));
  EXPECT_FALSE((kTakes<Class::sealed, Words>));
  EXPECT_FALSE((kTakes<Class::sealed, playbook::Nudge>));
}

TEST(Content, OfAnEndToEndChannelIsWords) {
  EXPECT_TRUE((kTakes<Class::end_to_end, Words>));
  EXPECT_FALSE((kTakes<Class::end_to_end, Sealed>));
}

// What a provider reads is a nudge, and neither words nor an envelope can be made into one.
TEST(Content, OfAReadableChannelIsANudgeAndNothingElse) {
  EXPECT_TRUE((kTakes<Class::provider_readable, playbook::Nudge>));
  EXPECT_FALSE((kTakes<Class::provider_readable, Words>));
  EXPECT_FALSE((kTakes<Class::provider_readable, Sealed>));
  EXPECT_FALSE((std::is_constructible_v<playbook::Nudge, std::string>));
  EXPECT_FALSE((std::is_constructible_v<playbook::Nudge, Words>));
  EXPECT_FALSE((std::is_constructible_v<playbook::Nudge, Sealed>));
}

TEST(Content, OfAHumanIsNothing) {
  EXPECT_TRUE((kTakes<Class::human, Call>));
  EXPECT_FALSE((kTakes<Class::human, Words>));
  EXPECT_TRUE(std::is_empty_v<Call>);
}

}  // namespace
}  // namespace tocsin::channel
