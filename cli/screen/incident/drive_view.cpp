#include "screen/incident/drive_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/fault.h"
#include "base/text.h"
#include "incident/coordinator/verdict.h"
#include "incident/view/narrate.h"
#include "screen/incident/driver_line.h"

namespace tocsin::cli {

namespace {

constexpr base::Milliseconds kRedraw{1'000};

}  // namespace

DriveView::DriveView(Output& out, Form form, control::Session& session, const base::Clock& clock)
    : out_(out),
      form_(form),
      session_(session),
      clock_(clock),
      is_live_(out.is_terminal() && form == Form::text),
      terminal_(is_live_ ? Page::whole : Page::scroll, is_live_ ? Keys::single : Keys::none) {}

bool DriveView::wait(base::Milliseconds patience) {
  const Heard heard = terminal_.wait(patience);
  if (heard.resized || heard.key) drawn_ = {};
  if (const auto pressed = heard.key ? keys_.press(*heard.key) : std::nullopt) answer(*pressed);
  return heard.stop || heard.key == 'q';
}

void DriveView::show(Change change, const std::string& trouble) {
  if (is_live_)
    redraw(change, trouble);
  else
    tell(trouble);
}

void DriveView::say(const std::string& words) {
  words_ = words;
  if (!is_live_) out_.note(words);
}

void DriveView::answer(const PromptAnswer& answer) {
  try {
    const auto order = session_.carry_out([&](const incident::State& state) {
      return incident::answer_prompt(
          state, answer.number, answer.verdict,
          answer.verdict == incident::Verdict::declined ? kDeclinedOnBoard : "", clock_.now(),
          session_.random());
    });
    words_ = order.said;
  } catch (const base::Fault& fault) {
    words_ = fault.what();
  }
}

void DriveView::redraw(Change change, const std::string& trouble) {
  const base::Instant now = clock_.now();
  if (change == Change::none && now >= drawn_ && now < drawn_ + kRedraw) return;
  drawn_ = now;
  const std::string hint = keys_.hint();
  const std::string& words = !hint.empty() ? hint : words_.empty() ? trouble : words_;
  auto lines = live_board_lines(session_, now, out_, terminal_.columns(), terminal_.rows() - 1);
  lines.push_back(
      out_.paint(words.empty() ? Paint::dim : Paint::red,
                 base::fit(words.empty() ? "q leaves; the incident goes on when it is run again"
                                         : base::printable(words),
                           terminal_.columns())));
  terminal_.draw(lines);
  words_.clear();
}

void DriveView::tell(const std::string& trouble) {
  const auto events = incident::events_after(session_.ledger(), seen_);
  if (form_ == Form::json) {
    for (const incident::Event& event : events)
      out_.line(
          incident::to_json(event).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  } else {
    for (const std::string& line : incident::narrate(session_.state(), events))
      out_.line(fmt::format("{}  {}", base::local_clock(clock_.now()), line));
  }
  if (!events.empty()) out_.flush();
  if (trouble != told_trouble_ && !trouble.empty()) out_.note(trouble);
  told_trouble_ = trouble;
}

}  // namespace tocsin::cli
