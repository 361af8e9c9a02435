using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Samenhang.Web.Frame;

namespace Samenhang.Web.SignIn;

/// <summary>Who is signed in on this request, and what happens to who is not.</summary>
internal sealed class SignInSession(IOptions<SignInOptions> options, TimeProvider clock)
{
    /// <summary>Who is signed in; null = nobody.</summary>
    public async ValueTask<Person?> PersonAsync(HttpContext http)
    {
        var session = await http.AuthenticateAsync(SignInHosting.Scheme);
        if (session.Principal is null || PersonClaims.Read(session.Principal) is not { } read || clock.GetUtcNow() - read.Since > options.Value.Longest)
        {
            return null;
        }

        http.User = session.Principal;
        return read.Person;
    }

    /// <summary>Begins a session.</summary>
    public Task BeginAsync(HttpContext http, Person person) => http.SignInAsync(SignInHosting.Scheme, PersonClaims.Write(person, clock.GetUtcNow()));

    /// <summary>Ends the session.</summary>
    public static Task EndAsync(HttpContext http) => http.SignOutAsync(SignInHosting.Scheme);

    /// <summary>A page is asked by nobody: sign in, and come back. A form is sent by nobody: say that what was typed is kept.</summary>
    public static async Task<IResult> AskToSignInAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method))
        {
            return PageResult.GoTo(AddressFor(PageContext.Of(http).Address.ToString()));
        }

        var page = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))["page"].ToString() : "";
        return PageResult.Of<SessionEndedPage>(http, new { SignIn = AddressFor(page) }, StatusCodes.Status401Unauthorized);
    }

    private static string AddressFor(string page) => "/sign-in?return=" + Uri.EscapeDataString(PublicAddress.Local(page));
}
