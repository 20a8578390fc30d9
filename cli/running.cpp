#include "running.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "driving.h"
#include "incident/coordinator/verdict.h"
#include "narrate.h"
#include "screen/board_view.h"
#include "screen/prompt_keys.h"
#include "screen/terminal.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using base::Instant;

constexpr base::Milliseconds kPause{100};
constexpr base::Milliseconds kRedraw{1'000};
// A disk that is full or a folder that is gone may come back; meanwhile it is said once a minute.
constexpr base::Milliseconds kPauseAfterFault{1'000};
constexpr base::Milliseconds kSayAgain{60'000};

// What people see while it runs: the board on a terminal, lines or JSON elsewhere.
class View {
 public:
  View(Context& context, Session& session)
      : context_(context),
        session_(session),
        live_(context.out.is_terminal() && !context.json),
        terminal_(live_ ? Page::whole : Page::scroll, live_ ? Keys::single : Keys::none) {}

  Heard wait(base::Milliseconds patience) {
    const Heard heard = terminal_.wait(patience);
    if (heard.resized || heard.key) drawn_ = {};
    if (const auto answer = heard.key ? keys_.press(*heard.key) : std::nullopt) carry_out(*answer);
    return heard;
  }

  void show(bool changed, const std::string& trouble) {
    if (live_)
      redraw(changed, trouble);
    else
      tell(trouble);
  }

  void say(const std::string& words) {
    trouble_ = words;
    if (!live_) context_.out.note(words);
  }

 private:
  void carry_out(const PromptAnswer& answer) {
    try {
      const auto order = session_.carry_out(context_, [&](const incident::State& state) {
        return incident::answer_prompt(
            state, answer.number, answer.verdict,
            answer.verdict == incident::Verdict::declined ? kDeclinedOnBoard : "",
            context_.clock.now(), session_.random());
      });
      trouble_ = order.said;
    } catch (const Fault& fault) {
      trouble_ = fault.what();
    }
  }

  void redraw(bool changed, const std::string& trouble) {
    const Instant now = context_.clock.now();
    if (!changed && now < drawn_ + kRedraw) return;
    drawn_ = now;
    const std::string hint = keys_.hint();
    const std::string& words = !hint.empty() ? hint : trouble_.empty() ? trouble : trouble_;
    auto lines = board_lines(incident::board(session_.state(), now), context_.out,
                             terminal_.columns(), terminal_.rows() - 1);
    lines.push_back(context_.out.paint(
        words.empty() ? Paint::dim : Paint::red,
        base::fit(words.empty() ? "q leaves; the incident goes on when it is run again"
                                : base::printable(words),
                  terminal_.columns())));
    terminal_.draw(lines);
    trouble_.clear();
  }

  void tell(const std::string& trouble) {
    const auto events = events_after(session_.journal(), seen_);
    if (context_.json) {
      for (const incident::Event& event : events)
        context_.out.line(incident::to_json(event).dump(-1, ' ', false,
                                                        nlohmann::json::error_handler_t::replace));
    } else {
      for (const std::string& line : narrate(session_.state(), events))
        context_.out.line(fmt::format("{}  {}", base::local_clock(context_.clock.now()), line));
    }
    if (!events.empty()) context_.out.flush();
    if (trouble != told_trouble_ && !trouble.empty()) context_.out.note(trouble);
    told_trouble_ = trouble;
  }

  Context& context_;
  Session& session_;
  bool live_;
  Terminal terminal_;
  PromptKeys keys_;
  Instant drawn_{};
  std::uint64_t seen_ = 0;
  std::string trouble_;
  std::string told_trouble_;
};

// Who serves the mailboxes stays after the end, so that phones can fetch their stand-down.
enum class Serves { nothing, mailboxes };

Exit turn_until_stopped(Context& context, const Session& session, Driving& driving, View& view,
                        Serves serves) {
  Instant said_at{};
  for (;;) {
    base::Milliseconds pause = kPause;
    bool active = false;
    try {
      active = driving.turn();
      if (active) pause = base::Milliseconds{0};
    } catch (const Fault& fault) {
      if (fault.exit() != Exit::fault) throw;
      if (context.clock.now() >= said_at + kSayAgain) {
        view.say(fmt::format("{}; trying again", fault.what()));
        said_at = context.clock.now();
      }
      driving.start_over();
      pause = kPauseAfterFault;
    }
    const bool over = !active && session.is_over();
    if (over && serves == Serves::nothing) {
      view.show(true, driving.trouble());
      return Exit::done;
    }
    view.show(active, over ? "the incident is over; the relay serves on until you leave"
                           : driving.trouble());
    const Heard heard = view.wait(pause);
    if (heard.stop || heard.key == 'q') return over ? Exit::done : Exit::unfilled;
  }
}

}  // namespace

Exit run_incident(Context& context, Session& session, const std::string& relay) {
  if (context.dry_run)
    throw Fault(Exit::usage, "run sends what is due, and a dry run never sends",
                "\"tocsin board\" shows what would be sent");
  bool is_over = false;
  {
    // Before every thread of relay and channels, so that signals come here and nowhere else.
    View view(context, session);
    const auto server = relay.empty() ? nullptr : embedded_relay(session, relay, context.clock);
    Driving driving(session, context.clock, channel::Listen::background, server.get());
    if (!driving.take_lease()) {
      const std::string driver = driving.driver();
      if (context.json)
        context.out.json({{"incident", session.state().declared.label}, {"driver", driver}});
      else
        context.out.note(fmt::format("{} is driven already: {}; \"tocsin board --watch\" looks on",
                                     session.state().declared.label, driver));
      return Exit::done;
    }
    is_over = turn_until_stopped(context, session, driving, view,
                                 server ? Serves::mailboxes : Serves::nothing) == Exit::done;
    driving.settle();
  }
  session.close_if_over();
  const incident::Board board = incident::board(session.state(), context.clock.now());
  if (context.out.is_terminal() && !context.json)
    for (const std::string& line :
         board_lines(board, context.out, context.out.columns(), context.out.rows() - 1))
      context.out.line(line);
  return is_over ? Exit::done : exit_of(board);
}

}  // namespace tocsin::cli
