// The events of the switchboard: calls that operators were given, and what came of them. An event
// of a call names it, so that nobody ends or answers the call of another.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "incident/state/words.h"
#include "seal/envelope.h"

namespace tocsin::incident {

// As CallTaken, in journals that do not say which words the operator was given.
struct PhoneTaken {
  static constexpr std::string_view kName = "phone-taken";
  PersonId person;
  base::Instant until;
  template <class V>
  void fields(V& v) {
    v("person", person), v("until", until);
  }
};

inline constexpr std::string_view kNoAnswer = "no answer";
// Somebody else has the number. It is not rung again.
inline constexpr std::string_view kWrongNumber = "wrong number";
// It was noted that the number is wrong, by mistake.
inline constexpr std::string_view kRightNumber = "right number";

// As CallEnded, in journals whose calls have no number.
struct PhoneUnanswered {
  static constexpr std::string_view kName = "phone-unanswered";
  PersonId person;
  std::string reason;  // kNoAnswer, kWrongNumber
  template <class V>
  void fields(V& v) {
    v("person", person), v("reason", reason);
  }
};

// As CallGiven, in journals whose calls have no number.
struct CallTaken {
  static constexpr std::string_view kName = "call-taken";
  PersonId person;
  base::Instant until;
  std::vector<seal::MessageId> messages;
  template <class V>
  void fields(V& v) {
    v("person", person), v("until", until), v("messages", messages);
  }
};

// A switchboard operator was given somebody to ring, and the words of these messages to say. Nobody
// else is given the person until then, or until the call ends. The same call may be given newer
// words, in place of those before.
struct CallGiven {
  static constexpr std::string_view kName = "call-given";
  std::uint64_t call = 0;  // its number, which no other call of the incident has
  PersonId person;
  std::uint64_t contact = 0;  // which of the person's contact points on the roster is rung, from 1
  base::Instant until;
  std::vector<seal::MessageId> messages;
  template <class V>
  void fields(V& v) {
    v("call", call), v("person", person), v("contact", contact), v("until", until),
        v("messages", messages);
  }
};

// A call is over, or somebody was rung from a printed sheet and not reached. Of other calls to the
// same person it says nothing.
struct CallEnded {
  static constexpr std::string_view kName = "call-ended";
  std::uint64_t call = 0;   // 0: they were rung from a sheet
  std::uint64_t sheet = 0;  // its number; 0: none
  PersonId person;
  std::uint64_t contact = 0;  // that was rung, as in CallGiven
  std::string outcome;        // kNoAnswer, kWrongNumber, kRightNumber; empty: it only ended
  template <class V>
  void fields(V& v) {
    v("call", call), v("sheet", sheet), v("person", person), v("contact", contact),
        v("outcome", outcome);
  }
};

}  // namespace tocsin::incident
