using Samenhang.Web.Frame;

namespace Samenhang.Web.SignIn;

/// <summary>Who is signed in on this request, and the way to the page that asks to sign in.</summary>
internal sealed class SignInSession
{
    private readonly string page = "/sign-in";
    private readonly Person casemanager = new("demo-casemanager", "Noor de Vries", PersonRole.Casemanager, "", []);

    /// <summary>Who is signed in; null = nobody.</summary>
    public ValueTask<Person?> PersonAsync(HttpContext http) => ValueTask.FromResult<Person?>(casemanager);

    /// <summary>Goes to the page that asks to sign in, and back afterwards.</summary>
    public IResult AskToSignIn(HttpContext http) => PageResult.GoTo(page);
}
