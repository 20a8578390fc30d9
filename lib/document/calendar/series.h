// All versions of one event (a UID): which of them count, and when their repetitions are.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "document/calendar/event.h"
#include "document/calendar/notes.h"
#include "document/calendar/version.h"

namespace tocsin::document {

// Where repetitions go, and what bounds them.
struct Layout {
  base::Instant from;
  base::Instant until;
  CalendarLimits limits;
  Calendar out;
  std::size_t days = 0;  // left of limits.days
  Notes& notes;
  // Says what is wrong with the version that stands at a place.
  std::function<void(const Place&, std::string_view message, std::string_view hint)> fail;

  bool too_many_events = false;

  bool is_full() const { return too_many_events || days == 0; }
};

class Series {
 public:
  // In the order of the file, of one UID, or all without one. They are used up.
  explicit Series(std::vector<Version*> versions, Layout& layout)
      : versions_(std::move(versions)), layout_(layout) {}

  void lay_out();

 private:
  // What a RECURRENCE-ID or an EXDATE names: an instant, or all of a day.
  struct Name {
    base::Instant instant{};
    bool is_day = false;
    auto operator<=>(const Name&) const = default;
  };
  struct Occurrence {
    base::WallTime wall{};
    base::Instant start{};
    std::optional<Length> length;  // when it has one of its own
    bool operator<(const Occurrence& other) const { return start < other.start; }
    bool operator==(const Occurrence& other) const { return start == other.start; }
  };

  void choose();
  template <class Counts>
  void leave_out_older(const Counts& counts);
  void lay_out_alone(Version& version);
  void lay_out_later(Version& version);
  void lay_out(Version& master);
  void take_changes(const Version& master);
  Name name_of(const Version& master, const Moment& moment) const;
  Occurrence extra_of(const Version& master, const Extra& extra) const;
  std::vector<Occurrence> occurrences(const Version& master);
  void note_other_times(const Version& master, const std::set<Name>& exceptions,
                        const std::vector<Occurrence>& all);
  void repeat(const Version& master, const Rule& rule, std::vector<Occurrence>& out);
  bool is_past(const Version& master, const Rule::Until& until, const Occurrence& one) const;
  base::Milliseconds margin(const Version& master) const;
  void emit_one(const Version& master, const Occurrence& one);
  static Shift shift_of(const Version& later, base::Instant begins, const base::Zone& usual);
  void emit_changes(const Version& master, const std::set<base::Instant>& starts);
  bool is_stale(const Version& master, const Version& change, base::Instant start);
  base::Instant first_start(const Version& master, const Name& name) const;
  void emit(Event event, base::Instant from, base::Instant until, base::Instant original);
  void call_off(const Version& version, Replaces replaces, base::Instant original);

  std::vector<Version*> versions_;
  Layout& layout_;
  std::vector<Version*> masters_;
  std::vector<Version*> changes_;
  std::set<const Version*> taken_;  // changes that a series takes
  std::set<const Version*> done_;   // and those that were read
  struct Later {
    Version* change = nullptr;
    Shift shift;
  };
  std::map<Name, Version*> single_;       // changes of one repetition
  std::map<base::Instant, Later> later_;  // and of all from there on
};

}  // namespace tocsin::document
