"""A page of meetings as the Federal Reserve lays it out, with the meetings of 2023 to 2026."""

YEARS = {
    2026: "January 27-28, March 17-18*, April 28-29, June 16-17*, July 28-29, September 15-16*, "
    "October 27-28, December 8-9*",
    2025: "January 28-29, March 18-19*, May 6-7, June 17-18*, July 29-30, "
    "August 22 (notation vote), September 16-17*, October 28-29, December 9-10*",
    2024: "January 30-31, March 19-20*, Apr/May 30-1, June 11-12*, July 30-31, September 17-18*, "
    "November 6-7, December 17-18*",
    2023: "Jan/Feb 31-1, March 21-22*, May 2-3, June 13-14*, July 25-26, September 19-20*, "
    "Oct/Nov 31-1, December 12-13*",
}


def page(years: dict[int, str]) -> bytes:
    """Panels of years, in them shaded and plain rows with links that hold dates of their own."""
    panels = "".join(_panel(year, meetings.split(", ")) for year, meetings in years.items())
    return f"""<!DOCTYPE html><html lang="en"><head><title>Meeting calendars</title></head><body>
<div class="col-xs-12"><p>Last Update: August 19, 2026</p>{panels}
<div class="panel-footer">* Meeting associated with a Summary of Economic Projections.
A two-day meeting is scheduled for January 25-26, 2028.</div></div></body></html>""".encode()


def _panel(year: int, meetings: list[str]) -> str:
    rows = "".join(_row(at, *meeting.split(" ", 1)) for at, meeting in enumerate(meetings))
    heading = f'<div class="panel-heading"><h4><a id="{year}">{year} FOMC Meetings</a></h4></div>'
    return f'<div class="panel panel-default">{heading}{rows}</div>\n'


def _row(at: int, month: str, days: str) -> str:
    shaded = "fomc-meeting--shaded " if at % 2 else ""
    return f"""
<div class="{shaded}row fomc-meeting">
  <div class="{shaded}fomc-meeting__month col-xs-5 col-sm-3"><strong>{month}</strong></div>
  <div class="fomc-meeting__date col-xs-4 col-sm-9">{days}</div>
  <div class="col-xs-12 fomc-meeting__minutes"><strong>Minutes:</strong><br />
    <a href="/monetarypolicy/fomcminutes.htm">HTML</a> (Released February 18)</div>
</div>"""
