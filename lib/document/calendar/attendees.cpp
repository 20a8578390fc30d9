#include "document/calendar/attendees.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "document/calendar/values.h"

namespace tocsin::document {

namespace {

std::string email_of(std::string_view address) {
  const std::string lower = base::to_lower(base::trim(address));
  constexpr std::string_view kScheme = "mailto:";
  return lower.starts_with(kScheme)
             ? std::string{base::trim(std::string_view{lower}.substr(kScheme.size()))}
             : std::string{};
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

}  // namespace

Attendance attendance_of(icalcomponent* component) {
  Attendance out;
  std::vector<std::string> named, delegates;
  for (icalproperty* property = first_of(component, ICAL_ATTENDEE_PROPERTY); property != nullptr;
       property = icalcomponent_get_next_property(component, ICAL_ATTENDEE_PROPERTY)) {
    if (!is_person(property)) continue;
    Attendee attendee;
    attendee.email = email_of(text_of(icalproperty_get_attendee(property)));
    if (icalparameter* name = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER))
      attendee.name = text_of(icalparameter_get_cn(name));
    if (!attendee.email.empty()) named.push_back(attendee.email);
    const auto part = value_of<icalparameter_partstat, icalparameter_get_partstat>(
        property, ICAL_PARTSTAT_PARAMETER, ICAL_PARTSTAT_NEEDSACTION);
    if (part == ICAL_PARTSTAT_DELEGATED)
      for (std::string& email : delegates_of(property)) delegates.push_back(std::move(email));
    if (part == ICAL_PARTSTAT_DECLINED || part == ICAL_PARTSTAT_DELEGATED) {
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
