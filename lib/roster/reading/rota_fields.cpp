#include "roster/reading/rota_fields.h"

#include <vector>

namespace tocsin::roster {

std::span<const Field> rota_fields() {
  using enum Presence;
  static const std::vector<Field> kFields{
      {"person",
       {"Employee Number", "Assignment Number", "Staff Number", "Staff ID", "Person", "ID",
        "Full Name", "Employee Name", "Staff Name", "Staff Member", "Employee", "Name"},
       required},
      {"from",
       {"From", "Start", "Start Time", "Shift Start", "Shift Start Time", "Start Date Time",
        "Begin", "Time From", "From Time", "Planned Start", "Absence Start Time",
        "Leave Start Time"},
       required,
       Width::one,
       "date"},
      {"until",
       {"Until", "To", "End", "End Time", "Finish", "Finish Time", "Shift End", "Shift End Time",
        "End Date Time", "Time To", "Until Time", "To Time", "Planned End", "Absence End Time",
        "Leave End Time"},
       required,
       Width::one,
       "end_date times duty absence"},
      {"times", {"Time", "Times", "Shift Time", "Shift Times"}},
      {"date",
       {"Date", "Duty Date", "Shift Date", "Start Date", "Shift Start Date", "From Date",
        "Date From", "First Day", "Leave Start", "Leave Start Date", "Leave From", "Absence Start",
        "Absence Start Date", "Date Start"}},
      {"end_date",
       {"End Date", "Finish Date", "Shift End Date", "Until Date", "To Date", "Date To",
        "Date Until", "Last Day", "Leave End", "Leave End Date", "Leave To", "Absence End",
        "Absence End Date", "Date End"}},
      {"duty",
       {"Duty", "Duty Type", "Shift Type", "Shift", "Shift Name", "Shift Code", "Activity",
        "Event Type", "Type"}},
      {"absence",
       {"Absence", "Absence Type", "Absence Reason", "Absence Category", "Leave", "Leave Type",
        "Leave Reason", "Reason for Absence", "Leave Category", "Type of Leave", "Type of Absence",
        "Unavailability", "Unavailability Type", "Unavailability Reason", "Sickness Reason"},
       optional,
       Width::several},
      {"role", {"On-call Role", "Role", "Job Role"}},
      {"ward", {"Area of Work", "Ward", "Unit", "Location"}},
  };
  return kFields;
}

}  // namespace tocsin::roster
