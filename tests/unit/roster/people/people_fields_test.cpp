#include "roster/people/people_fields.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "base/text.h"
#include "contact/channels.h"

namespace tocsin::roster {
namespace {

// Headings differ when more than case, spaces and marks differ.
std::string key_of(std::string_view heading) {
  std::string key;
  for (const char c : base::to_lower(heading))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += c;
  return key;
}

TEST(PeopleFields, NoHeadingMeansTwoThings) {
  std::map<std::string, std::string_view> fields;
  for (const Field& field : people_fields()) {
    EXPECT_FALSE(field.headings.empty()) << field.name;
    for (const std::string_view heading : field.headings)
      for (const std::string_view part : base::split(heading, '+')) {
        EXPECT_FALSE(key_of(part).empty()) << field.name;
        const auto [at, fresh] = fields.emplace(key_of(part), field.name);
        EXPECT_TRUE(fresh || at->second == field.name) << part << " is " << at->second;
      }
  }
}

TEST(PeopleFields, EveryChannelWithTypedAddressesHasAField) {
  for (const contact::Channel& channel : contact::kChannels) {
    const auto fields = people_fields();
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& one) { return one.name == channel.name; });
    const bool typed = channel.form != contact::Form::none;
    ASSERT_EQ(field != fields.end(), typed) << channel.name;
    EXPECT_EQ(channels_of(channel.name),
              typed ? std::vector{ChannelId{channel.name}} : std::vector<ChannelId>{});
    if (!typed) continue;
    EXPECT_EQ(field->width == Width::several, channel.columns == contact::Columns::several);
  }
}

TEST(PeopleFields, AMobileNumberTakesTextsAndCalls) {
  EXPECT_EQ(channels_of("mobile"), (std::vector{ChannelId{"sms"}, ChannelId{"phone"}}));
  for (const char* field : {"id", "name", "role", "skills", "", "no such field"})
    EXPECT_TRUE(channels_of(field).empty()) << field;
}

TEST(PeopleFields, WithoutAnIdANameAndARoleThereIsNobody) {
  for (const Field& field : people_fields())
    EXPECT_EQ(field.presence == Presence::required,
              field.name == "id" || field.name == "name" || field.name == "role")
        << field.name;
}

}  // namespace
}  // namespace tocsin::roster
