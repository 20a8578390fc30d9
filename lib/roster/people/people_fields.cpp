#include "roster/people/people_fields.h"

#include <array>

#include "contact/channels.h"

namespace tocsin::roster {

namespace {

// A number that takes calls and texts.
constexpr std::string_view kMobile = "mobile";

// What staff lists call a telephone besides the channel's own headings.
constexpr auto kTelephone = std::to_array<std::string_view>(
    {"Tel", "Tel No", "Telephone No", "Phone No", "Contact Number", "Home Number", "Landline"});

// Adds a field for each channel whose addresses people type, with the channel's name.
std::vector<Field> with_channels(std::vector<Field> fields) {
  for (const contact::Channel& channel : contact::kChannels) {
    if (channel.form == contact::Form::none) continue;
    Field field{channel.name, {}, Presence::optional, Width::one};
    if (channel.columns == contact::Columns::several) field.width = Width::several;
    for (const std::string_view heading : channel.headings)
      if (!heading.empty()) field.headings.push_back(heading);
    if (channel.name == "phone")
      field.headings.insert(field.headings.end(), kTelephone.begin(), kTelephone.end());
    fields.push_back(std::move(field));
  }
  return fields;
}

}  // namespace

std::span<const Field> people_fields() {
  using enum Presence;
  using enum Width;
  static const std::vector<Field> kFields = with_channels({
      {"id",
       {"Employee Number", "Assignment Number", "Staff Number", "Staff ID", "ID"},
       required,
       one},
      {"name",
       {"Full Name", "Employee Name", "Name", "First Name+Last Name", "First Name+Surname",
        "Forename+Surname", "Forenames+Surname", "Given Name+Family Name"},
       required,
       one},
      {"role", {"Job Role", "Role"}, required, one},
      {"staff_group", {"Staff Group"}, optional, one},
      {"ward", {"Area of Work", "Ward", "Department", "Unit"}, optional, one},
      {"skills", {"Skills", "Skill", "Competencies", "Competences"}, optional, several},
      {"travel", {"Travel Minutes", "Travel Time", "Home Travel Time", "Travel"}, optional, one},
      {"language", {"Language", "Preferred Language"}, optional, one},
      {"status", {"Assignment Status", "Status", "Active"}, optional, one},
      {"consent", {"Consent Date", "Contact Consent", "Consent"}, optional, one},
      {"tested", {"Contact Tested", "Last Tested"}, optional, one},
      {kMobile,
       {"Mobile", "Mobile Number", "Mobile No", "Mobile Phone", "Mobile Telephone", "Work Mobile",
        "Personal Mobile", "Cell", "Cell Phone"},
       optional,
       several},
  });
  return kFields;
}

std::vector<ChannelId> channels_of(std::string_view field) {
  if (field == kMobile) return {ChannelId{"sms"}, ChannelId{"phone"}};
  const contact::Channel* channel = contact::find(field);
  if (channel == nullptr || channel->form == contact::Form::none) return {};
  return {ChannelId{field}};
}

}  // namespace tocsin::roster
