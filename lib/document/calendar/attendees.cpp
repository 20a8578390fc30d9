#include "document/calendar/attendees.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "base/text.h"
#include "document/calendar/values.h"

namespace tocsin::document {

namespace {

// "mailto:Ana@x.org" and "Ana@x.org". Some systems write the parameters into the value, too:
// "X-USER-KEY=8a4a;CN=Ana Bell:mailto:ana@x.org".
std::string email_of(std::string_view address) {
  const std::string lower = base::to_lower(base::trim(address));
  constexpr std::string_view kScheme = "mailto:";
  const std::size_t scheme = lower.rfind(kScheme);
  const bool begins = scheme == 0 || (scheme != std::string::npos && lower[scheme - 1] == ':');
  if (begins)
    return std::string{base::trim(std::string_view{lower}.substr(scheme + kScheme.size()))};
  const bool is_bare =
      lower.find('@') != std::string::npos && lower.find_first_of(":/ ;<>") == std::string::npos;
  return is_bare ? lower : std::string{};
}

template <class Value, Value (*get)(const icalparameter*)>
Value value_of(icalproperty* property, icalparameter_kind kind, Value absent) {
  icalparameter* parameter = icalproperty_get_first_parameter(property, kind);
  return parameter == nullptr ? absent : get(parameter);
}

bool is_person(icalproperty* property) {
  const auto type = value_of<icalparameter_cutype, icalparameter_get_cutype>(
      property, ICAL_CUTYPE_PARAMETER, ICAL_CUTYPE_INDIVIDUAL);
  const auto role = value_of<icalparameter_role, icalparameter_get_role>(
      property, ICAL_ROLE_PARAMETER, ICAL_ROLE_REQPARTICIPANT);
  return type != ICAL_CUTYPE_ROOM && type != ICAL_CUTYPE_RESOURCE &&
         role != ICAL_ROLE_NONPARTICIPANT;
}

// The addresses of DELEGATED-TO: "mailto:a@x.org","mailto:b@x.org".
std::vector<std::string> delegates_of(icalproperty* property) {
  std::vector<std::string> out;
  for (icalparameter* parameter =
           icalproperty_get_first_parameter(property, ICAL_DELEGATEDTO_PARAMETER);
       parameter != nullptr;
       parameter = icalproperty_get_next_parameter(property, ICAL_DELEGATEDTO_PARAMETER)) {
    std::string list = text_of(icalparameter_get_delegatedto(parameter));
    std::erase(list, '"');
    for (const std::string_view address : base::split(list, ','))
      if (std::string email = email_of(address); !email.empty()) out.push_back(std::move(email));
  }
  return out;
}

// An ATTENDEE without a value, as needed_lines() writes it, or with an empty address.
bool says_nobody(std::string_view value) {
  const std::string lower = base::to_lower(base::trim(value));
  return lower.empty() || lower == "none:" || lower == "mailto:";
}

}  // namespace

Attendance attendance_of(icalcomponent* component) {
  Attendance out;
  std::vector<std::string> named, delegates;
  for (icalproperty* property = first_of(component, ICAL_ATTENDEE_PROPERTY); property != nullptr;
       property = icalcomponent_get_next_property(component, ICAL_ATTENDEE_PROPERTY)) {
    if (!is_person(property)) continue;
    Attendee attendee;
    const std::string value = text_of(icalproperty_get_attendee(property));
    attendee.email = email_of(value);
    // The value may be the address of an account, and the email address beside it (RFC 7986, 6.2).
    if (icalparameter* email = icalproperty_get_first_parameter(property, ICAL_EMAIL_PARAMETER);
        email != nullptr && attendee.email.empty())
      attendee.email = email_of(text_of(icalparameter_get_email(email)));
    if (icalparameter* name = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER))
      attendee.name = text_of(icalparameter_get_cn(name));
    if (attendee.email.empty() && base::trim(attendee.name).empty() && says_nobody(value)) continue;
    if (!attendee.email.empty()) named.push_back(attendee.email);
    const auto part = value_of<icalparameter_partstat, icalparameter_get_partstat>(
        property, ICAL_PARTSTAT_PARAMETER, ICAL_PARTSTAT_NEEDSACTION);
    std::vector<std::string> theirs = delegates_of(property);
    // Whoever has delegates and no answer of their own has delegated.
    const bool delegated =
        part == ICAL_PARTSTAT_DELEGATED || (part == ICAL_PARTSTAT_NEEDSACTION && !theirs.empty());
    if (delegated) std::move(theirs.begin(), theirs.end(), std::back_inserter(delegates));
    if (part == ICAL_PARTSTAT_DECLINED || delegated) {
      ++out.declined;
      continue;
    }
    out.tentative += part == ICAL_PARTSTAT_TENTATIVE ? 1 : 0;
    out.coming.push_back(std::move(attendee));
  }
  for (std::string& email : delegates)
    if (std::find(named.begin(), named.end(), email) == named.end()) {
      named.push_back(email);
      out.coming.push_back({{}, std::move(email)});
    }
  return out;
}

}  // namespace tocsin::document
