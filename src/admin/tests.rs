use crate::testing::TestApp;

#[tokio::test]
async fn only_admins_see_the_overview_and_for_hosts_there_is_nothing() {
    let app = TestApp::new().await;
    let host = app.host().await;
    app.event(&host).await;

    app.admin()
        .await
        .get("/admin")
        .await
        .is(200)
        .shows("Mara & Jonas");
    host.get("/admin").await.is(404).hides("Mara & Jonas");
    app.visitor()
        .get("/admin")
        .await
        .leads_to("/sign-in?next=%2Fadmin");
}
