using System.Text;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Edge;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.Intake;
using Samenhang.Web.Pages;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Import;

/// <summary>Cases that come as a list: the form, how far it is, and the report.</summary>
internal static class ImportPages
{
    /// <summary>The form.</summary>
    public const string Address = "/import";

    /// <summary>How large a list may be.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>How many rows a list may have.</summary>
    public const int MaxRows = 5000;

    private const int LongestSource = 64;

    /// <summary>Maps the pages.</summary>
    public static void MapImport(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, (HttpContext http, ImportJobs jobs) => Show(http, jobs, FormState.New(PageContext.Of(http)).Fill("source", "lijst"))).For(PageAccess.Casework);
        pages.MapPost(Address, TakeAsync).For(PageAccess.Casework);
        pages.MapGet("/import/sample.csv", (HttpContext http) => Results.Bytes(Encoding.UTF8.GetBytes(Sample), "text/csv; charset=utf-8", "samenhang-voorbeeld.csv")).For(PageAccess.Casework);
        pages.MapGet("/import/{id}", ShowReport).For(PageAccess.Casework);
        pages.MapGet("/import/{id}/report.csv", Download).For(PageAccess.Casework);
    }

    /// <summary>The sample that one can begin with; docs/clients/csv.md shows the same.</summary>
    internal static string Sample { get; } =
        """
        reference;title;bsn;birth_date;municipality;insurer;needs;work_status;sick_listed;first_sick_day;benefit;as_of
        W-2016-001;Aanmelding via wijkteam Noord;;1981-05-12;gm9901;uzovi9901;psych-treatment|keep-work;employed;ja;2016-04-04;wage;2016-10-01
        W-2016-002;Aanmelding via huisarts;;03-11-1974;Gemeente Waterwijk;;Schuldhulp|Minder eenzaam zijn;not-working;nee;;bijstand;2016-10-01
        """.ReplaceLineEndings("\r\n") + "\r\n";

    private static async Task<IResult> TakeAsync(HttpContext http, CasemanagerConnection casemanager, ImportJobs jobs)
    {
        var page = PageContext.Of(http);
        var sent = await FormState.ReadAsync(http);
        sent.Require("source", page.Voice);
        if (sent["source"].Length > LongestSource || sent["source"].Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_')))
        {
            sent.Wrong("source", page.Voice["import.source.wrong"]);
        }

        var text = sent["content"];
        if (sent.Files.GetFile("file") is { Length: > 0 } file)
        {
            if (file.Length > MaxBytes)
            {
                sent.Wrong("file", page.Voice["import.tooLarge"]);
                return Show(http, jobs, sent);
            }

            using var stream = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
            text = await stream.ReadToEndAsync(http.RequestAborted);
        }

        if (text.Length > MaxBytes)
        {
            sent.Wrong("content", page.Voice["import.tooLarge"]);
            return Show(http, jobs, sent);
        }

        var records = CsvText.Read(text).Take(MaxRows + 2).ToList();
        if (records.Count < 2)
        {
            sent.Wrong(text.Length == 0 ? "file" : "content", page.Voice["import.none"]);
            return Show(http, jobs, sent);
        }

        if (records.Count > MaxRows + 1)
        {
            sent.Wrong("content", page.Voice.Say("import.tooMany", MaxRows));
            return Show(http, jobs, sent);
        }

        var reader = new ImportReader(await IntakePages.OfferAsync(http, casemanager), page.Voice);
        foreach (var fault in reader.Check(records[0]))
        {
            sent.Wrong("content", fault);
        }

        if (!sent.IsGood)
        {
            return Show(http, jobs, sent);
        }

        var job = jobs.Begin(sent.RequestId, page.Person!, sent["source"], reader.Read(records[0], records.Skip(1)), page.Voice);
        if (job is null)
        {
            sent.Wrong("", page.Voice["import.busy"]);
            return Show(http, jobs, sent);
        }

        return PageResult.GoTo($"{Address}/{job.Id}");
    }

    private static IResult ShowReport(HttpContext http, ImportJobs jobs, string id)
    {
        if (jobs.Find(id, PageContext.Of(http).Person) is not { } job)
        {
            return PageEdge.Problem(ProblemKind.NotFound, http);
        }

        if (!job.IsDone)
        {
            http.Response.Headers["Refresh"] = "2"; // The page follows the work without a script.
        }

        return PageResult.Of<ImportReportPage>(http, new { Job = job });
    }

    private static IResult Download(HttpContext http, ImportJobs jobs, string id) => jobs.Find(id, PageContext.Of(http).Person) is { } job
        ? Results.Bytes(job.ToCsv(PageContext.Of(http).Voice), "text/csv; charset=utf-8", $"samenhang-import-{job.Source}.csv")
        : PageEdge.Problem(ProblemKind.NotFound, http);

    private static IResult Show(HttpContext http, ImportJobs jobs, FormState state) => PageResult.Of<ImportPage>(
        http, new { State = state, Before = jobs.Of(PageContext.Of(http).Person) }, state.IsGood ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
