using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Intake;

/// <summary>A case that comes as a file: pasted or sent, checked line by line, looked over, opened.</summary>
internal static class CaseFilePages
{
    /// <summary>The page.</summary>
    public const string Address = "/cases/new/file";

    /// <summary>How large a file may be here. A case of a person is a few kilobytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Maps the pages.</summary>
    public static void MapCaseFile(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, (HttpContext http) => PageResult.Of<CaseFilePage>(http, new { State = FormState.New(PageContext.Of(http)) })).For(PageAccess.Casework);
        pages.MapPost(Address, TakeAsync).For(PageAccess.Casework);
    }

    private static async Task<IResult> TakeAsync(HttpContext http, CasemanagerConnection casemanager)
    {
        var page = PageContext.Of(http);
        var sent = await FormState.ReadAsync(http);
        var text = sent["content"];
        var name = "casus.json";
        if (sent.Files.GetFile("file") is { Length: > 0 } file)
        {
            if (file.Length > MaxBytes)
            {
                sent.Wrong("file", page.Voice["casefile.tooLarge"]);
                return Show(http, sent);
            }

            using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
            text = await reader.ReadToEndAsync(http.RequestAborted);
            name = Path.GetFileName(file.FileName);
            sent.Fill("content", text);
        }

        if (text.Length == 0)
        {
            sent.Wrong("content", page.Voice["casefile.none"]);
            return Show(http, sent);
        }

        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            sent.Wrong("content", page.Voice["casefile.tooLarge"]);
            return Show(http, sent);
        }

        var read = await casemanager.Intake.ReadCaseFileAsync(
            new ReadCaseFileRequest { Content = ByteString.CopyFromUtf8(text), FileName = name.Length is > 0 and <= 200 ? name : "" }, cancellationToken: http.RequestAborted);
        if (read.Case is null)
        {
            sent.Wrong("content", page.Voice.Count("casefile.faults", read.Faults.Count));
            return Show(http, sent, read.Faults);
        }

        if (page.Person is { Tenant.Length: > 0 } person && read.Case.Tenant.Length > 0 && read.Case.Tenant != person.Tenant)
        {
            sent.Wrong("content", page.Voice.Say("casefile.otherTenant", page.Voice.Place(read.Case.Tenant)));
            return Show(http, sent);
        }

        try
        {
            if (sent.Has("open"))
            {
                var request = read.Case;
                request.RequestId = sent.RequestId;
                var opened = await casemanager.Cases.OpenCaseAsync(request, cancellationToken: http.RequestAborted);
                return PageResult.Done(http, $"/cases/{Uri.EscapeDataString(opened.CaseId)}", new Notice("intake.opened", [request.Title]));
            }

            var tried = await casemanager.Intake.TryCaseAsync(new TryCaseRequest { Case = read.Case }, cancellationToken: http.RequestAborted);
            return PageResult.Of<CaseFilePage>(http, new { State = sent, Preview = read.Case, Tried = tried });
        }
        catch (RpcException failure)
        {
            sent.Refused(failure, page, _ => "content");
            return Show(http, sent);
        }
    }

    private static IResult Show(HttpContext http, FormState state, IReadOnlyList<CaseFileFault>? faults = null) =>
        PageResult.Of<CaseFilePage>(http, new { State = state, Faults = faults ?? [] }, StatusCodes.Status422UnprocessableEntity);
}
