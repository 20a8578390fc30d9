#include "roster/reading/duty_phrases.h"

#include <array>

namespace tocsin::roster {

std::span<const Phrases> duty_phrases() {
  static constexpr auto kPhrases = std::to_array<Phrases>({
      // Away from work. "Maternity" alone is a ward, and "training" and "study" begin roles.
      {Sense::absent,
       "leave annual-leave maternity-leave paternity-leave parental-leave adoption-leave "
       "compassionate-leave bereavement-leave carers-leave special-leave unpaid-leave sick-leave "
       "study-leave holiday holidays vacation sick sickness off-sick sick-day sick-off ill "
       "illness unwell absent absence day-off days-off off-day night-off nights-off "
       "off-night off-nights shift-off off-duty time-off time-off-in-lieu non-working "
       "non-working-day not-working nonworking-day nwd unavailable not-available "
       "do-not-call rest-day rest-days rest-period compensatory-rest comp-rest zero-day "
       "zero-days sleep-day post-night post-nights post-night-shift after-nights "
       "after-night-shift post-on-call post-oncall after-on-call rest-after-on-call "
       "rest-after-nights toil lieu lieu-day day-in-lieu study-day study-days training-day "
       "training-days mandatory-training leave-day paternity on-maternity industrial-action "
       "strike strikes striking on-strike strike-day bereavement compassionate jury-service "
       "jury-duty career-break sabbatical secondment secondment-day suspended furlough "
       "furloughed shielding self-isolating self-isolation out-of-office ooo leave-days away"},
      // The codes of leave, too: study or sick, maternity, parental, carers' and unpaid leave.
      {Sense::weakly_absent,
       "al pto rdo ado hol hols off rest resting training study course conference exam exams do rd "
       "zd "
       "sl ml pl cl ul"},
      // Whoever is on call and resident is in the building: that is said by a mapping only.
      {Sense::on_call,
       "on-call on-calls oncall oncalls on-call-duty oc nroc non-resident "
       "non-resident-on-call non-resident-oncall nonresident-on-call standby stand-by"},
      {Sense::on_duty,
       "on-duty on-shift at-work working long-day long-days ld long-night day-shift "
       "night-shift early-shift late-shift twilight-shift twilight"},
      {Sense::weakly_on_duty,
       "short-day night nights early earlies late lates evening evenings mid shift shifts "
       "duty"},
      {Sense::by_day, "day days"},
      {Sense::aside,
       "weekend weekends weekday weekdays week bank-holiday public-holiday bh all-day "
       "full-day whole-day am pm monday tuesday wednesday thursday friday saturday sunday mon "
       "tue tues wed thu thurs fri sat sun overnight daytime out-of-hours ooh 24-7 christmas "
       "christmas-day christmas-eve boxing-day new-year new-years-day new-years-eve easter xmas "
       "xmas-day xmas-eve nye nyd noon midnight we wkend wk wks weeks"},
      {Sense::name,
       "day-surgery day-case day-unit day-hospital day-ward day-care day-assessment "
       "early-pregnancy late-effects sick-children sick-childrens sick-kids sick-bay"},
      {Sense::cover, "cover covers covering covered backfill relief replacement replacing"},
      // Asked for, refused, given to another, part of a day, or at work and yet not in the
      // building.
      {Sense::doubt,
       "not no never without except unless cancelled canceled declined refused rejected "
       "request requests requested pending provisional proposed possible maybe tbc tba "
       "draft available vacant vacancy unfilled half back return returns returning returned phased "
       "pre wfh working-from-home remote off-call resident-on-call resident-oncall roc "
       "tentative unconfirmed swap swaps swapped swapping handover hand-over stood-down away-day "
       "away-days deleted withdrawn"},
  });
  return kPhrases;
}

std::string_view matter_words() {
  return "meeting meetings booking payment payments pay query queries claim claims form forms due "
         "reminder remind tomorrow yesterday start starts starting begin begins ends finishes "
         "induction was were ex former formerly previously can could would should must shadow "
         "shadows shadowed shadowing allowance invoice timesheet survey feedback birthday party "
         "dinner lunch drinks social debrief review question issue problem interview advice "
         "briefing workshop webinar lecture deadline rehearsal simulation exercise drill "
         "cancel cancels canceling cancelling cancellation cancellations cxl cnx cncl canc canx "
         "gap gaps "
         "move moved moving remove removed removing drop dropped given gave giving offer offers "
         "offered offering require required requires need needed needs want wanted wants prefers "
         "prefer preferred error mistake wrong incorrect test ignore ignored obsolete "
         "void voided annulled expired lapsed superseded replaced exchange exchanged exchanging "
         "trade traded trading instead elsewhere nobody dna unassigned uncovered "
         "reassigned transferred postponed rescheduled deferred revoked sell selling sold hold "
         "awaiting unable cannot cant wont see unwanted bid bids unsure went gone";
}

std::string_view trade_words() {
  return "agency anaesthetics anaesthetist bank care charge consultant coordinator critical "
         "doctor ed emergency first fy1 fy2 hca hdu icu itu junior lead leader locum manager "
         "matron medical medicine midwife nurse odp paediatric pharmacist physician porter "
         "practitioner radiographer radiology registrar resus second senior sho sister site "
         "spr st3 staff surgeon surgery surgical team theatre theatres third ward";
}

}  // namespace tocsin::roster
